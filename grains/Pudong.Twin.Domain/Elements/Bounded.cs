using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Appending to lists that forget their oldest entries.</summary>
internal static class Bounded
{
    /// <summary>The list with one more entry, without its oldest ones where it would grow beyond the limit.</summary>
    /// <param name="list">Entries, oldest first.</param>
    /// <param name="entry">The newest entry.</param>
    /// <param name="limit">How many are kept; with 0 nothing is.</param>
    public static ImmutableArray<T> Append<T>(this ImmutableArray<T> list, T entry, int limit)
    {
        if (limit <= 0)
        {
            return [];
        }

        var kept = Math.Min(list.Length, limit - 1);
        var next = new T[kept + 1];
        list.AsSpan()[(list.Length - kept)..].CopyTo(next);
        next[kept] = entry;
        return ImmutableCollectionsMarshal.AsImmutableArray(next);
    }
}
