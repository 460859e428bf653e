using System.Collections.Concurrent;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Lets millions of ids share the few strings that name their kinds.</summary>
internal static class KindNames
{
    // A package has some dozens of kinds; what wrong input invents beyond that must not stay in memory for ever.
    private const int Limit = 1_024;

    private static readonly ConcurrentDictionary<string, string> Shared = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Shared.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A string of these characters, the same object as before where possible.</summary>
    /// <param name="kind">The characters.</param>
    public static string Share(ReadOnlySpan<char> kind)
    {
        if (BySpan.TryGetValue(kind, out var shared))
        {
            return shared;
        }

        var name = kind.ToString();
        return Shared.Count < Limit ? Shared.GetOrAdd(name, name) : name;
    }
}
