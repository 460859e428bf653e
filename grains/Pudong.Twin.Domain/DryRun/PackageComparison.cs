using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.DryRun;

/// <summary>What recorded events would have come to under another package: only differences are listed, so the same package reports nothing.</summary>
/// <param name="Elements">The elements that end in another band, or under one package only, by id.</param>
/// <param name="Evidence">Evidence types with another number of pieces, by name.</param>
/// <param name="Cases">Case types with another number of cases asked for or opened, by name.</param>
/// <param name="Refusals">Reasons for which another number of events was refused.</param>
public sealed record PackageComparison(
    ImmutableArray<ElementDifference> Elements,
    ImmutableArray<CountDifference> Evidence,
    ImmutableArray<CountDifference> Cases,
    ImmutableArray<CountDifference> Refusals)
{
    /// <summary>Whether the two packages come to the same.</summary>
    public bool IsEmpty => Elements.IsEmpty && Evidence.IsEmpty && Cases.IsEmpty && Refusals.IsEmpty;

    /// <summary>Compares the same recorded events under two packages.</summary>
    /// <param name="before">The replay under the package in force.</param>
    /// <param name="after">The replay under the package to be tried.</param>
    public static PackageComparison Of(Replay before, Replay after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var elements = before.States.Keys.Union(after.States.Keys).Order()
            .Select(id => new ElementDifference(id, before.StandingOf(id), after.StandingOf(id)))
            .Where(difference => difference.Before?.Band != difference.After?.Band);
        return new PackageComparison(
            [.. elements],
            Differences(before.Evidence(), after.Evidence()),
            Differences(Long(before.Cases), Long(after.Cases)),
            Differences(Named(before.Refusals), Named(after.Refusals)));
    }

    private static Dictionary<string, long> Long(IReadOnlyDictionary<string, int> counts) => counts.ToDictionary(pair => pair.Key, pair => (long)pair.Value);

    private static Dictionary<string, long> Named(IReadOnlyDictionary<RefusalReason, int> counts) =>
        counts.ToDictionary(pair => pair.Key.ToString(), pair => (long)pair.Value);

    private static ImmutableArray<CountDifference> Differences(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) =>
    [
        .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new CountDifference(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(difference => difference.Before != difference.After),
    ];
}

/// <summary>An element that ends otherwise.</summary>
/// <param name="Id">The element.</param>
/// <param name="Before">Its band and score under the package in force; null where it is not known there.</param>
/// <param name="After">Its band and score under the package to be tried; null where it is not known there.</param>
public sealed record ElementDifference(ElementId Id, ElementStanding? Before, ElementStanding? After);

/// <summary>A number that differs.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Before">The number under the package in force.</param>
/// <param name="After">The number under the package to be tried.</param>
public sealed record CountDifference(string Name, long Before, long After);
