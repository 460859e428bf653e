using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The own evidence of an element while an event changes it.</summary>
/// <remarks>RISK-MODEL.md, section 3: each action of the table of cases is one method here.</remarks>
internal ref struct OwnEvidence(RiskParameters parameters, ImmutableArray<Load> loads, ImmutableArray<KeptShare> shares)
{
    /// <summary>The accumulated loads, sorted by type.</summary>
    public ImmutableArray<Load> Loads { get; private set; } = loads;

    /// <summary>The kept shares, sorted by case and type.</summary>
    public ImmutableArray<KeptShare> Shares { get; private set; } = shares;

    /// <summary>Does one action.</summary>
    public void Do(RiskAction action)
    {
        switch (action.Kind)
        {
            case RiskActionKind.Evidence when action.Case is null:
                Add(action.Type, action.Amount, action.Time);
                break;
            case RiskActionKind.Evidence:
                AddToCase(action.Case, action.Type, action.Amount, action.Time);
                break;
            case RiskActionKind.Clear:
                Clear(action.Type, action.Time, asFalse: false);
                break;
            case RiskActionKind.WithdrawPiece:
                WithdrawPiece(action.Type, action.Amount, action.Time);
                break;
            default:
                ChangeCase(action);
                break;
        }
    }

    private void Add(ushort index, double amount, long time)
    {
        if (parameters.Find(index) is not { } type)
        {
            return;
        }

        var place = SortedLoads.Find(Loads, index);
        Loads = place >= 0
            ? Loads.SetItem(place, Accumulation.Evidence(type, Loads[place], amount, time))
            : Loads.Insert(~place, new Load(index, amount, time));
    }

    private void AddToCase(string @case, ushort index, double amount, long time)
    {
        if (parameters.Find(index) is not { } type)
        {
            return;
        }

        var place = FindShare(@case, index);
        var share = place >= 0 ? Shares[place] : new KeptShare(@case, index, 0, time, 1, false, 0);
        var next = type.Mode == EvidenceMode.Add ? Accumulation.Evidence(type, share, amount, time) : share with { Pieces = share.Pieces + 1 };
        Shares = place >= 0 ? Shares.SetItem(place, next) : Shares.Insert(~place, next);

        // Evidence that comes to a case after its end counts as much as the rest of the case.
        Add(index, type.Mode == EvidenceMode.Add ? amount * share.Kept : amount, time);
    }

    private void Clear(ushort index, long time, bool asFalse)
    {
        if (parameters.Find(index) is not { Mode: EvidenceMode.Max } type)
        {
            return;
        }

        // Also without a load: late evidence from before the clearing must find it.
        var place = SortedLoads.Find(Loads, index);
        var load = place >= 0 ? Loads[place] : new Load(index, 0, time, pieces: 0);
        Loads = SortedLoads.With(Loads, Accumulation.Clear(type, load, time, asFalse));
    }

    private void WithdrawPiece(ushort index, double amount, long time)
    {
        var place = SortedLoads.Find(Loads, index);
        if (place < 0 || parameters.Find(index) is not { } type)
        {
            return;
        }

        if (type.Mode == EvidenceMode.Max)
        {
            Clear(index, time, asFalse: true);
            return;
        }

        var load = Loads[place];
        var next = Accumulation.Keep(type, load, -1, amount, time);
        Loads = Loads.SetItem(place, next with { Pieces = load.Pieces == 0 ? 0 : load.Pieces - 1 });
    }

    private void ChangeCase(RiskAction action)
    {
        for (var i = 0; i < Shares.Length; i++)
        {
            var share = Shares[i];
            if (string.Equals(share.Case, action.Case, StringComparison.Ordinal) && !share.Withdrawn && parameters.Find(share.Type) is { } type)
            {
                ChangeShare(i, type, action);
            }
        }
    }

    private void ChangeShare(int place, EvidenceType type, RiskAction action)
    {
        var share = Shares[place];
        var withdrawn = action.Kind == RiskActionKind.WithdrawCase;
        var kept = withdrawn ? 0 : action.Kind == RiskActionKind.CloseVerified ? type.Residual : 1;
        if (type.Mode == EvidenceMode.Max)
        {
            // Undoing needs nothing here: the event that reopens a case brings new evidence.
            if (action.Kind != RiskActionKind.UndoClosing)
            {
                Clear(share.Type, action.Time, withdrawn);
            }
        }
        else if (SortedLoads.Find(Loads, share.Type) is var at and >= 0 && kept != share.Kept)
        {
            Loads = Loads.SetItem(at, Accumulation.Keep(type, Loads[at], kept - share.Kept, share.Amount, share.At));
        }

        Shares = Shares.SetItem(place, share with { Kept = kept, Withdrawn = withdrawn });
    }

    private readonly int FindShare(string @case, ushort type)
    {
        for (var i = 0; i < Shares.Length; i++)
        {
            var byCase = string.CompareOrdinal(Shares[i].Case, @case);
            if (byCase > 0 || (byCase == 0 && Shares[i].Type >= type))
            {
                return byCase == 0 && Shares[i].Type == type ? i : ~i;
            }
        }

        return ~Shares.Length;
    }
}
