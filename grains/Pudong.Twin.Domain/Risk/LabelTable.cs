using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The labels of an element while an event changes them, and what has to be said about it afterwards.</summary>
/// <remarks>RISK-MODEL.md, section 5, "On receiving", rules 1 to 5, and "Full tables".</remarks>
internal sealed class LabelTable(in RiskContext context, ImmutableArray<Influence> labels, bool refused, ElementId? cause)
{
    private readonly RiskParameters _parameters = context.Parameters;
    private readonly Neighbourhood _neighbours = context.Neighbours;
    private readonly ElementId _self = context.Self;
    private readonly long _clock = context.Clock;
    private readonly List<LabelKey> _wanted = [];
    private readonly List<(LabelKey Key, uint Version)> _quiet = [];
    private bool _changedForTheWorse;

    /// <summary>The labels, in canonical order.</summary>
    public ImmutableArray<Influence> Labels { get; private set; } = labels;

    /// <summary>Whether a label found no place.</summary>
    public bool Refused { get; private set; } = refused;

    /// <summary>The neighbour whose message is taken in; it is not asked for what it took away.</summary>
    public ElementId? Cause { get; } = cause;

    /// <summary>The labels that were lost or whose route got worse.</summary>
    public IReadOnlyList<LabelKey> Wanted => _wanted;

    /// <summary>Whether everything is to be asked for, because a place may have become free for what was refused.</summary>
    public bool WantsAll { get; private set; }

    /// <summary>Takes in a message of a neighbour: first the withdrawals, then what a full message leaves out, then the offers.</summary>
    public void Take(ElementId from, InfluenceChanged message)
    {
        foreach (var withdrawal in message.Withdrawals)
        {
            Withdraw(from, withdrawal);
        }

        if (message.Full)
        {
            RemoveAll(label => label.Via == from && !IsOffered(message, label.Key));
        }

        foreach (ref readonly var offer in message.Offers.AsSpan())
        {
            Take(from, in offer);
        }
    }

    /// <summary>Rule 4: labels via an element that is no longer coupled into this one are lost.</summary>
    public void LoseUncoupled() => RemoveAll(label => !IsCoupled(label.Via, label.Domain));

    /// <summary>Takes the labels over to a new package: loads that change or end, fewer or more places, other ranks.</summary>
    public void Take(PackageChange change)
    {
        for (var i = Labels.Length - 1; i >= 0; i--)
        {
            var label = Labels[i];
            var loads = change.Of(label.Loads);
            if (loads.IsEmpty)
            {
                _quiet.Add((label.Key, label.Version));
                Remove(i);
            }
            else if (loads != label.Loads)
            {
                Labels = Labels.SetItem(i, new Influence(label.Source, label.Domain, label.Reach, label.Path, label.Version, loads));
            }
        }

        // Any rank may have changed, so what was refused before is asked for once more.
        _changedForTheWorse |= Refused;
        while (Labels.Length > _parameters.MaxInfluences)
        {
            Labels = Labels.RemoveAt(Rank.Lowest(_parameters, Labels.AsSpan()));
            Refused = true;
        }
    }

    /// <summary>Rule 5: what has faded is removed, quietly unless its route got worse in the same event.</summary>
    public void Fade()
    {
        for (var i = Labels.Length - 1; i >= 0; i--)
        {
            var label = Labels[i];
            if (Fading.HasFaded(_parameters, label.Reach, label.Loads, _clock))
            {
                if (!_wanted.Contains(label.Key))
                {
                    _quiet.Add((label.Key, label.Version));
                }

                Remove(i);
            }
        }
    }

    /// <summary>Ends the event: whether what was refused may find a place now.</summary>
    public void Close()
    {
        if (Refused && (_changedForTheWorse || Labels.Length < _parameters.MaxInfluences))
        {
            Refused = false;
            WantsAll = true;
        }
    }

    /// <summary>The version with which a source fell silent, when a label vanished quietly.</summary>
    public uint? QuietVersion(LabelKey key)
    {
        foreach (var (gone, version) in _quiet)
        {
            if (gone == key)
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>The place of a label in canonical order, or the complement of the place where it belongs.</summary>
    public static int Find(ReadOnlySpan<Influence> labels, LabelKey key)
    {
        var (low, high) = (0, labels.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = labels[middle].Key.CompareTo(key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    // Rule 3.
    private void Withdraw(ElementId from, InfluenceWithdrawal withdrawal)
    {
        var key = new LabelKey(withdrawal.Source, withdrawal.Domain);
        var place = Find(Labels.AsSpan(), key);
        if (place < 0 || Labels[place].Via != from)
        {
            return;
        }

        if (withdrawal.Quiet && withdrawal.Version >= Labels[place].Version)
        {
            _quiet.Add((key, withdrawal.Version));
        }
        else
        {
            _wanted.Add(key);
        }

        Remove(place);
    }

    // Rules 1 and 2.
    private void Take(ElementId from, in Influence offer)
    {
        if (offer.Source == _self || offer.Path.Contains(_self) || !IsCoupled(from, offer.Domain))
        {
            return;
        }

        var place = Find(Labels.AsSpan(), offer.Key);
        if (place < 0)
        {
            Insert(~place, in offer);
            return;
        }

        var label = Labels[place];
        var replaces = label.Via == from || Rank.IsBetterRoute(in offer, in label);
        if (replaces && Rank.IsBetterRoute(in label, in offer))
        {
            _wanted.Add(offer.Key);
        }

        var route = replaces ? offer : label;
        var loads = offer.Version > label.Version ? offer : label;
        var next = new Influence(offer.Source, offer.Domain, route.Reach, route.Path, loads.Version, loads.Loads);
        if (next != label)
        {
            _changedForTheWorse |= Refused && Rank.Of(_parameters, in next) < Rank.Of(_parameters, in label);
            Labels = Labels.SetItem(place, next);
        }
    }

    private void Insert(int place, in Influence offer)
    {
        if (Fading.HasFaded(_parameters, offer.Reach, offer.Loads, _clock))
        {
            return;
        }

        var with = Labels.Insert(place, offer);
        if (with.Length <= _parameters.MaxInfluences)
        {
            Labels = with;
            return;
        }

        // The lowest goes; when that is the new one, nothing has changed but that it was refused.
        Refused = true;
        var lowest = Rank.Lowest(_parameters, with.AsSpan());
        Labels = lowest == place ? Labels : with.RemoveAt(lowest);
    }

    private void RemoveAll(Predicate<Influence> lost)
    {
        for (var i = Labels.Length - 1; i >= 0; i--)
        {
            if (lost(Labels[i]))
            {
                _wanted.Add(Labels[i].Key);
                Remove(i);
            }
        }
    }

    private void Remove(int place)
    {
        _changedForTheWorse |= Refused;
        Labels = Labels.RemoveAt(place);
    }

    private bool IsCoupled(ElementId from, RiskDomain domain) => _neighbours.Find(from)?.ShareFrom(domain) > 0;

    private static bool IsOffered(InfluenceChanged message, LabelKey key)
    {
        foreach (ref readonly var offer in message.Offers.AsSpan())
        {
            if (offer.Key == key)
            {
                return true;
            }
        }

        return false;
    }
}
