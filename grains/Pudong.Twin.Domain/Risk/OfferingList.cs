using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Lists what an element can offer before and after an event, in canonical order.</summary>
/// <remarks>RISK-MODEL.md, section 5, "Offers".</remarks>
internal static class OfferingList
{
    /// <summary>What differs between two states; empty at once when both hold the same arrays.</summary>
    /// <param name="self">The element.</param>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state after the event.</param>
    /// <param name="table">The label table of the event, which knows what vanished quietly; null when labels were not touched.</param>
    public static List<Offering> Changes(ElementId self, RiskState before, RiskState after, LabelTable? table)
    {
        var list = new List<Offering>();
        if (before.Published != after.Published)
        {
            AddPublications(list, self, before, after);
        }

        if (before.Labels != after.Labels)
        {
            AddLabels(list, self, before, after, table);
        }

        list.RemoveAll(static offering => offering.Before == offering.After);
        list.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        return list;
    }

    /// <summary>Everything that either state can offer.</summary>
    /// <param name="self">The element.</param>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state after the event.</param>
    /// <param name="table">The label table of the event; null when labels were not touched.</param>
    public static List<Offering> All(ElementId self, RiskState before, RiskState after, LabelTable? table)
    {
        var list = new List<Offering>();
        AddPublications(list, self, before, after);
        AddLabels(list, self, before, after, table);
        list.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        return list;
    }

    private static void AddPublications(List<Offering> list, ElementId self, RiskState before, RiskState after)
    {
        // Domains that were once published stay in the array, so the later one names them all.
        foreach (var next in after.Published)
        {
            var offering = new Offering(self, new LabelKey(self, next.Domain)) { After = LabelOf(self, next) };
            foreach (var last in before.Published)
            {
                if (last.Domain == next.Domain)
                {
                    offering.Before = LabelOf(self, last);
                }
            }

            offering.QuietVersion = offering.After is null ? next.Version : null;
            list.Add(offering);
        }
    }

    private static Influence? LabelOf(ElementId self, PublishedLoads published) =>
        published.Loads.IsEmpty ? null : new Influence(self, published.Domain, 1, [], published.Version, published.Loads);

    private static void AddLabels(List<Offering> list, ElementId self, RiskState before, RiskState after, LabelTable? table)
    {
        var (i, j) = (0, 0);
        while (i < before.Labels.Length || j < after.Labels.Length)
        {
            var order = i == before.Labels.Length ? 1 : j == after.Labels.Length ? -1 : before.Labels[i].Key.CompareTo(after.Labels[j].Key);
            var key = order <= 0 ? before.Labels[i].Key : after.Labels[j].Key;
            var offering = new Offering(self, key);
            if (order <= 0)
            {
                offering.Before = before.Labels[i++];
            }

            if (order >= 0)
            {
                offering.After = after.Labels[j++];
            }

            offering.QuietVersion = offering.After is null ? table?.QuietVersion(key) : null;
            list.Add(offering);
        }
    }
}
