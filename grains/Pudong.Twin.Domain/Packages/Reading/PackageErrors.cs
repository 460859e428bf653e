using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Collects all mistakes of a package, so that its author mends them in one go.</summary>
internal sealed class PackageErrors(PackageLimits limits)
{
    private readonly List<PackageError> _errors = [];

    public bool Any => _errors.Count > 0;

    public void Add(Place place, string message) => _errors.Add(new PackageError(place.Source.File, place.Line, place.Column, message));

    /// <summary>A name is not known; the message suggests the nearest one.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="what">What it should name, such as <c>evidence type</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="known">The names there are.</param>
    public void AddUnknown(Place place, string what, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var nearest = NearestName.Of(name, names);
        Add(place, $"There is no {WithName(what, name)}; {(nearest is not null ? $"did you mean '{nearest}'?" : $"expected {OneOf(names)}.")}");
    }

    /// <summary>The errors in the order of the files, each once.</summary>
    public ImmutableArray<PackageError> ToSorted()
    {
        var sorted = _errors.Distinct().OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column).ToArray();
        if (sorted.Length <= limits.Errors)
        {
            return [.. sorted];
        }

        var last = sorted[limits.Errors - 1];
        return [.. sorted.Take(limits.Errors), last with { Message = $"There are {sorted.Length - limits.Errors} more errors; mend these first." }];
    }

    // "attribute of kind 'shop'" is named before its owner.
    private static string WithName(string what, string name)
    {
        var owner = what.EndsWith('\'') ? what.IndexOf(" of ", StringComparison.Ordinal) : -1;
        return owner < 0 ? $"{what} '{name}'" : $"{what[..owner]} '{name}'{what[owner..]}";
    }

    private static string OneOf(string[] names) => names.Length switch
    {
        0 => "none, because the package declares none",
        <= 12 => "one of " + string.Join(", ", names.Order(StringComparer.Ordinal)),
        _ => "one of " + string.Join(", ", names.Order(StringComparer.Ordinal).Take(12)) + ", …",
    };
}
