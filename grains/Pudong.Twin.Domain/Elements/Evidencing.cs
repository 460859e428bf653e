using System.Globalization;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Evidence: it is observed, it is cleared, it turns out to be false; on the element itself or on those it is related to.</summary>
internal static class Evidencing
{
    /// <summary>A piece of evidence about the element.</summary>
    public static void Observe(Draft draft, EvidenceData data, TwinEvent e)
    {
        if (TypeOf(draft, data.Type) is not { } type)
        {
            return;
        }

        // Written so that NaN fails too.
        if (data.Severity is not (>= 0 and <= 0.99) || data.Confidence is not (>= 0 and <= 1))
        {
            draft.Refuse(RefusalReason.OutOfRange, string.Create(
                CultureInfo.InvariantCulture,
                $"Evidence '{type.Name}' has severity {data.Severity} and confidence {data.Confidence}; expected 0 to 0.99 and 0 to 1."));
            return;
        }

        if (data.Case is not null && !Cases.IsOpen(draft, data.Case))
        {
            draft.Refuse(RefusalReason.UnknownCase, $"Element {draft.Before.Id} has no open case '{data.Case}' to which evidence '{type.Name}' could belong.");
            return;
        }

        var load = EvidenceType.LoadOf(data.Severity, data.Confidence);
        draft.Add(RiskAction.Evidence(type.Index, load, e.Time, data.Case));
        if (data.Case is null && e.Cause is null)
        {
            Keep(draft, new EvidencePiece(e.Key, type.Index, load, e.Time));
        }
    }

    /// <summary>A latched condition is over.</summary>
    public static void Clear(Draft draft, EvidenceEndData data, long time)
    {
        if (TypeOf(draft, data.Type) is { } type)
        {
            draft.Add(RiskAction.Clear(type.Index, time));
        }
    }

    /// <summary>A piece, or all evidence of a case, was false.</summary>
    public static void Withdraw(Draft draft, EvidenceEndData data, long time)
    {
        if (data.Case is not null)
        {
            draft.Add(RiskAction.WithdrawCase(data.Case, time));
            return;
        }

        if (TypeOf(draft, data.Type) is not { } type)
        {
            return;
        }

        if (data.Piece is null && type.Mode == EvidenceMode.Max)
        {
            draft.Add(RiskAction.WithdrawPiece(type.Index, 0, time));
            return;
        }

        Withdraw(draft, type, data.Piece, time);
    }

    /// <summary>A finding gives evidence, on the element itself or on the targets of its relations of a kind.</summary>
    /// <param name="draft">The element.</param>
    /// <param name="type">The evidence type.</param>
    /// <param name="severity">0 to 0.99.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="along">Index of the relation kind; null for the element itself.</param>
    /// <param name="time">When it was found, in Unix milliseconds.</param>
    public static void Give(Draft draft, EvidenceType type, double severity, double confidence, int? along, long time)
    {
        if (along is not { } kind)
        {
            draft.Add(RiskAction.Evidence(type.Index, EvidenceType.LoadOf(severity, confidence), time));
            return;
        }

        SendAlong(draft, kind, BuiltIn.EvidenceObserved, new EvidenceData(type.Index, severity, confidence), time);
    }

    /// <summary>The condition behind a finding is over.</summary>
    public static void Take(Draft draft, EvidenceType type, int? along, long time)
    {
        if (along is not { } kind)
        {
            draft.Add(RiskAction.Clear(type.Index, time));
            return;
        }

        SendAlong(draft, kind, BuiltIn.EvidenceCleared, new EvidenceEndData(type.Index), time);
    }

    /// <summary>The evidence type of an index; where the package has none the event is refused.</summary>
    public static EvidenceType? TypeOf(Draft draft, int index)
    {
        var type = index is >= 0 and <= ushort.MaxValue ? draft.Package.Risk.Find((ushort)index) : null;
        if (type is null)
        {
            draft.Refuse(RefusalReason.UnknownEvidence, $"Package {draft.Package.Version} has no evidence type with index {index}.");
        }

        return type;
    }

    private static void SendAlong(Draft draft, int kind, string type, EventData data, long time)
    {
        foreach (var relation in draft.Profile.Relations)
        {
            if (relation.IsOwner && relation.Kind == kind)
            {
                // A device in alarm repeats itself; what is worth a line of the timeline is the change of its condition.
                draft.Add(new DerivedEvent(relation.Other, type, time, data));
                draft.Changed(notable: false);
            }
        }
    }

    private static void Keep(Draft draft, in EvidencePiece piece) => draft.Profile = draft.Profile with
    {
        Dossier = draft.Profile.Dossier with { Pieces = draft.Profile.Dossier.Pieces.Append(piece, EvidencePiece.Limit) },
    };

    private static void Withdraw(Draft draft, EvidenceType type, EventKey? key, long time)
    {
        var pieces = draft.Profile.Dossier.Pieces;
        for (var i = 0; i < pieces.Length; i++)
        {
            if (pieces[i].Key == key && pieces[i].Type == type.Index)
            {
                draft.Add(RiskAction.WithdrawPiece(type.Index, pieces[i].Load, type.Mode == EvidenceMode.Max ? time : pieces[i].Time));
                draft.Profile = draft.Profile with { Dossier = draft.Profile.Dossier with { Pieces = pieces.RemoveAt(i) } };
                return;
            }
        }

        draft.Refuse(
            RefusalReason.PieceUnknown,
            $"Element {draft.Before.Id} no longer knows the piece of evidence '{type.Name}' to be withdrawn: it keeps the last {EvidencePiece.Limit}. Name one of those, or a case.");
    }
}
