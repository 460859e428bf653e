using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Decides when an element's own loads are told to its neighbours.</summary>
/// <remarks>RISK-MODEL.md, section 5, "Publishing" and rule 5: decay needs no message, only evidence does.</remarks>
internal static class Publishing
{
    /// <summary>What is published after an event; the same array when that has not changed.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="loads">Own loads after the event, sorted by type.</param>
    /// <param name="published">What was published before, sorted by domain.</param>
    /// <param name="clock"><c>T</c>, in Unix milliseconds.</param>
    public static ImmutableArray<PublishedLoads> After(RiskParameters parameters, ImmutableArray<Load> loads, ImmutableArray<PublishedLoads> published, long clock)
    {
        var next = published;
        foreach (var last in published)
        {
            next = AfterIn(parameters, last.Domain, loads, next, clock);
        }

        foreach (var load in loads)
        {
            if (parameters.Find(load.Type) is { } type && Find(next, type.Domain) < 0)
            {
                next = AfterIn(parameters, type.Domain, loads, next, clock);
            }
        }

        for (var i = 0; i < next.Length; i++)
        {
            if (!next[i].Loads.IsEmpty && Fading.HasFaded(parameters, 1, next[i].Loads, clock))
            {
                next = next.SetItem(i, next[i] with { Version = next[i].Version + 1, Loads = [] });
            }
        }

        return next;
    }

    /// <summary>Ends all publications.</summary>
    /// <param name="published">What was published before.</param>
    public static ImmutableArray<PublishedLoads> Ended(ImmutableArray<PublishedLoads> published)
    {
        var next = published;
        for (var i = 0; i < next.Length; i++)
        {
            if (!next[i].Loads.IsEmpty)
            {
                next = next.SetItem(i, next[i] with { Version = next[i].Version + 1, Loads = [] });
            }
        }

        return next;
    }

    private static ImmutableArray<PublishedLoads> AfterIn(
        RiskParameters parameters, RiskDomain domain, ImmutableArray<Load> loads, ImmutableArray<PublishedLoads> published, long clock)
    {
        var place = Find(published, domain);
        var last = place >= 0 ? published[place].Loads : [];
        if (Difference(parameters, domain, loads, last, clock) <= parameters.SendDelta)
        {
            return published;
        }

        var now = WorthTelling(parameters, domain, loads, clock);
        if (SortedLoads.SameAmounts(now, last))
        {
            // Only what has faded keeps the two apart.
            return published;
        }

        return place >= 0
            ? published.SetItem(place, new PublishedLoads(domain, published[place].Version + 1, now))
            : published.Insert(~place, new PublishedLoads(domain, 1, now));
    }

    // Σ |A(T) − published(T)| over the types of a domain; both are sorted by type.
    private static double Difference(RiskParameters parameters, RiskDomain domain, ImmutableArray<Load> loads, ImmutableArray<Load> last, long clock)
    {
        var sum = 0.0;
        var j = 0;
        for (var i = 0; i < loads.Length; i++)
        {
            if (parameters.Find(loads[i].Type) is not { } type || type.Domain != domain)
            {
                continue;
            }

            for (; j < last.Length && last[j].Type < type.Index; j++)
            {
                sum += AmountAt(parameters, last[j], clock);
            }

            if (j < last.Length && last[j].Type == type.Index)
            {
                sum += SortedLoads.SameAmount(loads[i], last[j]) ? 0 : Math.Abs(loads[i].AmountAt(clock, type.HalfLifeHours) - last[j].AmountAt(clock, type.HalfLifeHours));
                j++;
            }
            else
            {
                sum += loads[i].AmountAt(clock, type.HalfLifeHours);
            }
        }

        for (; j < last.Length; j++)
        {
            sum += AmountAt(parameters, last[j], clock);
        }

        return sum;
    }

    private static double AmountAt(RiskParameters parameters, in Load load, long time) =>
        parameters.Find(load.Type) is { } type ? load.AmountAt(time, type.HalfLifeHours) : load.Amount;

    private static ImmutableArray<Load> WorthTelling(RiskParameters parameters, RiskDomain domain, ImmutableArray<Load> loads, long clock)
    {
        var count = 0;
        foreach (ref readonly var load in loads.AsSpan())
        {
            count += IsWorthTelling(parameters, domain, in load, clock) ? 1 : 0;
        }

        if (count == loads.Length)
        {
            // Mostly all evidence is of one domain; then the element's own array serves both.
            return loads;
        }

        var told = ImmutableArray.CreateBuilder<Load>(count);
        foreach (ref readonly var load in loads.AsSpan())
        {
            if (IsWorthTelling(parameters, domain, in load, clock))
            {
                told.Add(load);
            }
        }

        return told.MoveToImmutable();
    }

    private static bool IsWorthTelling(RiskParameters parameters, RiskDomain domain, in Load load, long clock) =>
        parameters.Find(load.Type) is { } type && type.Domain == domain && load.AmountAt(clock, type.HalfLifeHours) >= parameters.DropBelow;

    private static int Find(ImmutableArray<PublishedLoads> published, RiskDomain domain)
    {
        for (var i = 0; i < published.Length; i++)
        {
            if (published[i].Domain >= domain)
            {
                return published[i].Domain == domain ? i : ~i;
            }
        }

        return ~published.Length;
    }
}
