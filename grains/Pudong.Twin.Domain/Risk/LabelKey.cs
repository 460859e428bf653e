using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>A source and a domain: an element keeps at most one label for each.</summary>
/// <param name="Source">The element whose own risk travels.</param>
/// <param name="Domain">The domain.</param>
[GenerateSerializer, Immutable, Alias("pudong.label-key")]
public readonly record struct LabelKey([property: Id(0)] ElementId Source, [property: Id(1)] RiskDomain Domain) : IComparable<LabelKey>
{
    /// <summary>Compares in canonical order: by domain, then by the source's id, ordinally (RISK-MODEL.md, section 8).</summary>
    /// <param name="other">Another key.</param>
    public int CompareTo(LabelKey other) => Domain != other.Domain ? Domain.CompareTo(other.Domain) : Source.CompareTo(other.Source);

    /// <summary>Whether one key comes before another.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator <(LabelKey left, LabelKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether one key comes after another.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator >(LabelKey left, LabelKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether one key comes before another or is the same.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator <=(LabelKey left, LabelKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one key comes after another or is the same.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator >=(LabelKey left, LabelKey right) => left.CompareTo(right) >= 0;
}
