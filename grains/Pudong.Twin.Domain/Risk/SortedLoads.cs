using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Loads in an array sorted by type, replaced whole.</summary>
/// <remarks>RISK-MODEL.md, section 9. An element has a handful: a plain search beats everything else.</remarks>
internal static class SortedLoads
{
    /// <summary>The place of a type, or the complement of the place where it belongs.</summary>
    public static int Find(ImmutableArray<Load> loads, ushort type)
    {
        for (var i = 0; i < loads.Length; i++)
        {
            if (loads[i].Type >= type)
            {
                return loads[i].Type == type ? i : ~i;
            }
        }

        return ~loads.Length;
    }

    /// <summary>The loads with one of them replaced or added.</summary>
    public static ImmutableArray<Load> With(ImmutableArray<Load> loads, in Load load)
    {
        var place = Find(loads, load.Type);
        return place >= 0 ? loads.SetItem(place, load) : loads.Insert(~place, load);
    }

    /// <summary>Whether two arrays hold the same amounts as of the same times.</summary>
    public static bool SameAmounts(ImmutableArray<Load> left, ImmutableArray<Load> right)
    {
        if (left == right)
        {
            return true;
        }

        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!SameAmount(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two loads are of one type and amount as of the same time.</summary>
    public static bool SameAmount(in Load left, in Load right) => left.Type == right.Type && left.At == right.At && left.Amount == right.Amount;
}
