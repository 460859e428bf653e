using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Takes the members of a mapping one by one by type, and notes what is missing, wrong or unknown.</summary>
/// <param name="map">The mapping.</param>
/// <param name="what">What it declares, such as <c>kind 'enterprise'</c>.</param>
/// <param name="errors">Where mistakes go.</param>
internal sealed class Members(YamlMap map, string what, PackageErrors errors)
{
    private const int TextLength = 1_000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string What => what;

    public Place Place => map.Place;

    public PackageErrors Errors => errors;

    /// <summary>A member as it is written; null when it is absent or empty.</summary>
    public YamlNode? Take(string name, string expected, bool required = false)
    {
        _known.Add(name);
        var entry = map.Entries.FirstOrDefault(entry => entry.Key.Value == name);
        if (entry is null && required)
        {
            errors.Add(Place, $"The {what} lacks '{name}'; expected {expected}.");
        }
        else if (entry?.Value is YamlScalar { IsEmpty: true })
        {
            errors.Add(entry.Key.Place, $"The '{name}' of {what} is empty; expected {expected}, or no '{name}' at all.");
            return null;
        }

        return entry?.Value;
    }

    /// <summary>A single value.</summary>
    public YamlScalar? Scalar(string name, string expected, bool required = false)
    {
        var node = Take(name, expected, required);
        if (node is not null and not YamlScalar)
        {
            Wrong(name, node, expected);
        }

        return node as YamlScalar;
    }

    /// <summary>A text of bounded length.</summary>
    public string? Text(string name, string expected, bool required = false)
    {
        var scalar = Scalar(name, expected, required);
        if (scalar?.Value.Length > TextLength)
        {
            errors.Add(scalar.Place, $"The '{name}' of {what} has {scalar.Value.Length} characters; expected at most {TextLength}.");
            return null;
        }

        return scalar?.Value;
    }

    /// <summary>A number within bounds, both included.</summary>
    public double? Number(string name, double minimum, double maximum, bool required = false)
    {
        var expected = Expected("a number", minimum, maximum);
        return Scalar(name, expected, required) is { } scalar ? NumberOf(name, scalar, minimum, maximum, expected) : null;
    }

    /// <summary>A whole number within bounds, both included.</summary>
    public int? Integer(string name, int minimum, int maximum, bool required = false)
    {
        var expected = Expected("a whole number", minimum, maximum);
        if (Scalar(name, expected, required) is not { } scalar)
        {
            return null;
        }

        if (scalar.IsPlain && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Wrong(name, scalar, expected);
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>; false when it is absent.</summary>
    public bool Truth(string name)
    {
        var scalar = Scalar(name, "true or false");
        if (scalar is not null && !(scalar.IsPlain && scalar.Value is "true" or "false"))
        {
            Wrong(name, scalar, "true or false");
        }

        return scalar is { IsPlain: true, Value: "true" };
    }

    /// <summary>A duration in milliseconds.</summary>
    public long? Duration(string name, bool required = false)
    {
        const string Expected = "a duration such as PT15M or P30D, more than zero";
        var scalar = Scalar(name, Expected, required);
        var duration = scalar is null ? null : Durations.Parse(scalar.Value);
        if (scalar is not null && duration is null)
        {
            Wrong(name, scalar, Expected);
        }

        return duration;
    }

    /// <summary>A text in both languages.</summary>
    public LocalText? Local(string name, bool required = false)
    {
        const string Expected = "a mapping with 'zh' and 'en'";
        var node = Take(name, Expected, required);
        if (node is not null and not YamlMap)
        {
            Wrong(name, node, Expected);
        }

        return node is YamlMap texts ? LocalTexts.Read(texts, $"'{name}' of {what}", errors) : null;
    }

    /// <summary>A list of single values, or one of them alone.</summary>
    public ImmutableArray<YamlScalar> Names(string name, string expected, bool required = false)
    {
        var node = Take(name, expected, required);
        if (node is YamlScalar alone)
        {
            return [alone];
        }

        if (node is not YamlList list)
        {
            if (node is not null)
            {
                Wrong(name, node, expected);
            }

            return [];
        }

        foreach (var item in list.Items.Where(item => item is not YamlScalar))
        {
            errors.Add(item.Place, $"The '{name}' of {what} holds {item.Description}; expected {expected}.");
        }

        return [.. list.Items.OfType<YamlScalar>()];
    }

    /// <summary>A mapping.</summary>
    public YamlMap? Map(string name, string expected, bool required = false)
    {
        var node = Take(name, expected, required);
        if (node is not null and not YamlMap)
        {
            Wrong(name, node, expected);
        }

        return node as YamlMap;
    }

    /// <summary>The mappings of a list.</summary>
    public IEnumerable<YamlMap> Maps(string name, string expected, bool required = false)
    {
        var node = Take(name, expected, required);
        if (node is not null and not YamlList)
        {
            Wrong(name, node, expected);
        }

        foreach (var item in (node as YamlList)?.Items.Where(item => item is not YamlMap) ?? [])
        {
            errors.Add(item.Place, $"The '{name}' of {what} holds {item.Description}; expected {expected}.");
        }

        return (node as YamlList)?.Items.OfType<YamlMap>() ?? [];
    }

    /// <summary>One of some words.</summary>
    public T? OneOf<T>(string name, bool required, params (string Word, T Meaning)[] words)
        where T : struct
    {
        var expected = "one of " + string.Join(", ", words.Select(word => word.Word));
        if (Scalar(name, expected, required) is not { } scalar)
        {
            return null;
        }

        foreach (var (word, meaning) in words)
        {
            if (word == scalar.Value)
            {
                return meaning;
            }
        }

        Wrong(name, scalar, expected);
        return null;
    }

    /// <summary>Notes every member that nobody has asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var entry in map.Entries.Where(entry => !_known.Contains(entry.Key.Value)))
        {
            var nearest = NearestName.Of(entry.Key.Value, _known);
            errors.Add(entry.Key.Place, nearest is not null
                ? $"The {what} has no member '{entry.Key.Value}'; did you mean '{nearest}'?"
                : $"The {what} has no member '{entry.Key.Value}'; expected {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>Notes that a member is not what it should be.</summary>
    public void Wrong(string name, YamlNode node, string expected) =>
        errors.Add(node.Place, $"The '{name}' of {what} is {node.Description}; expected {expected}.");

    private double? NumberOf(string name, YamlScalar scalar, double minimum, double maximum, string expected)
    {
        if (Numbers.TryParse(scalar, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Wrong(name, scalar, expected);
        return null;
    }

    private static string Expected(string what, double minimum, double maximum) =>
        maximum < double.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{what} from {minimum} to {maximum}")
            : minimum > double.MinValue ? string.Create(CultureInfo.InvariantCulture, $"{what} of {minimum} or more") : what;
}
