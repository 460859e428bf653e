using System.Collections.Immutable;
using System.Globalization;
using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>A domain of risk: safety, environment, order, credit, health, and what a package appends.</summary>
/// <param name="Index">The place in the fixed order of domains, from 0; a package appends domains and never reorders them.</param>
/// <remarks>RISK-MODEL.md, section 1: <c>d</c>.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.risk-domain")]
public readonly record struct RiskDomain([property: Id(0)] byte Index) : IComparable<RiskDomain>
{
    /// <summary>Fire, gas, blocked exits.</summary>
    public static readonly RiskDomain Safety = new(0);

    /// <summary>Water, air, noise.</summary>
    public static readonly RiskDomain Environment = new(1);

    /// <summary>Streets, complaints, overdue cases.</summary>
    public static readonly RiskDomain Order = new(2);

    /// <summary>Credit and permits of subjects.</summary>
    public static readonly RiskDomain Credit = new(3);

    /// <summary>Care and health.</summary>
    public static readonly RiskDomain Health = new(4);

    /// <summary>The names that every package starts with, in their order.</summary>
    public static ImmutableArray<string> StandardNames { get; } = ["safety", "environment", "order", "credit", "health"];

    /// <summary>Compares by place in the fixed order.</summary>
    /// <param name="other">Another domain.</param>
    public int CompareTo(RiskDomain other) => Index.CompareTo(other.Index);

    /// <summary>Whether one domain comes before another.</summary>
    /// <param name="left">A domain.</param>
    /// <param name="right">Another domain.</param>
    public static bool operator <(RiskDomain left, RiskDomain right) => left.Index < right.Index;

    /// <summary>Whether one domain comes after another.</summary>
    /// <param name="left">A domain.</param>
    /// <param name="right">Another domain.</param>
    public static bool operator >(RiskDomain left, RiskDomain right) => left.Index > right.Index;

    /// <summary>Whether one domain comes before another or is the same.</summary>
    /// <param name="left">A domain.</param>
    /// <param name="right">Another domain.</param>
    public static bool operator <=(RiskDomain left, RiskDomain right) => left.Index <= right.Index;

    /// <summary>Whether one domain comes after another or is the same.</summary>
    /// <param name="left">A domain.</param>
    /// <param name="right">Another domain.</param>
    public static bool operator >=(RiskDomain left, RiskDomain right) => left.Index >= right.Index;

    /// <summary>The index as text; names belong to the package.</summary>
    public override string ToString() => Index.ToString(CultureInfo.InvariantCulture);
}
