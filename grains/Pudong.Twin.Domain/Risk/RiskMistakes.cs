using System.Collections.Immutable;
using System.Globalization;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Finds what is wrong with the numbers of a package, all of it at once.</summary>
/// <remarks>RISK-MODEL.md, sections 1, 2, 4, 5, 6.</remarks>
internal static class RiskMistakes
{
    public static ImmutableArray<string> In(RiskParameters parameters)
    {
        var mistakes = ImmutableArray.CreateBuilder<string>();
        AddNumbers(mistakes, parameters);
        AddTypes(mistakes, parameters);
        AddCouplings(mistakes, parameters);
        return mistakes.DrainToImmutable();
    }

    private static void AddNumbers(ImmutableArray<string>.Builder mistakes, RiskParameters p)
    {
        Check(mistakes, p.Threshold is > 0 and < 1, "threshold", p.Threshold, "more than 0 and less than 1");
        Check(mistakes, p.LargestCoupling is > 0 and < 1, "largest coupling", p.LargestCoupling, "more than 0 and less than 1");
        Check(mistakes, p.SendDelta is >= 0 and < 1, "send delta", p.SendDelta, "0 or more and less than 1 nat");
        Check(mistakes, p.DropBelow is > 0 and < 1, "drop below", p.DropBelow, "more than 0 and less than 1 nat");
        Check(mistakes, p.MaxInfluences is >= 1 and <= 65_536, "number of influences", p.MaxInfluences, "1 to 65536");
        Check(mistakes, p.MaxNeighbours is >= 1 and <= 65_536, "number of neighbours", p.MaxNeighbours, "1 to 65536");
        Check(mistakes, p.BaseMin is >= 0 and < 1, "base minimum", p.BaseMin, "0 or more and less than 1");
        Check(mistakes, p.BaseMax is >= 0 and < 1 && p.BaseMax >= p.BaseMin, "base maximum", p.BaseMax, "at least the base minimum and less than 1");
        Check(mistakes, p.Borders.Margin is >= 0 and < 0.5, "band margin", p.Borders.Margin, "0 or more and less than 0.5");
        if (!(p.Borders.B > p.Borders.Margin && p.Borders.C > p.Borders.B && p.Borders.D > p.Borders.C && p.Borders.D + p.Borders.Margin < 1))
        {
            mistakes.Add(Text($"The band borders are {p.Borders.B}, {p.Borders.C} and {p.Borders.D}; expected rising numbers, more than the margin and less than 1 minus the margin."));
        }

        if (p.Threshold is > 0 and < 1 && p.LargestCoupling is > 0 and < 1 && p.Hops > RiskParameters.HopLimit)
        {
            mistakes.Add(Text(
                $"With a largest coupling of {p.LargestCoupling} and a threshold of {p.Threshold} influence travels more than {RiskParameters.HopLimit} hops; expected a smaller coupling or a higher threshold."));
        }

        if (p.Domains.Length > byte.MaxValue || !p.Domains.AsSpan().StartsWith(RiskDomain.StandardNames.AsSpan()))
        {
            mistakes.Add(Text($"The domains are {string.Join(", ", p.Domains)}; expected at most 255, of which the first are {string.Join(", ", RiskDomain.StandardNames)}."));
        }
    }

    private static void AddTypes(ImmutableArray<string>.Builder mistakes, RiskParameters p)
    {
        var indexes = new HashSet<ushort>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in p.Types)
        {
            var name = $"of evidence type '{type.Name}'";
            Check(mistakes, indexes.Add(type.Index), $"index {name}", type.Index, "an index that no other type has");
            if (!names.Add(type.Name))
            {
                mistakes.Add($"The evidence type '{type.Name}' is declared twice; expected one declaration.");
            }

            Check(mistakes, type.Domain.Index < p.Domains.Length, $"domain {name}", type.Domain.Index, $"the index of one of {p.Domains.Length} domains");
            Check(mistakes, type.Severity is >= 0 and <= 0.99, $"severity {name}", type.Severity, "0 to 0.99");
            Check(mistakes, type.HalfLifeHours is > 0 and < double.PositiveInfinity, $"half-life {name}", type.HalfLifeHours, "more than 0 hours");
            Check(mistakes, type.Cap is > 0 and < double.PositiveInfinity, $"cap {name}", type.Cap, "more than 0 nats");
            Check(mistakes, type.Residual is >= 0 and <= 1, $"residual {name}", type.Residual, "0 to 1");
            if (type.Reading is { } range)
            {
                Check(mistakes, type.Mode == EvidenceMode.Max, $"reading range {name}", range.From, "mode max: only a level has a reading");
                Check(mistakes, double.IsFinite(range.From) && double.IsFinite(range.To) && range.From != range.To, $"reading range {name}", range.To, "two different finite readings");
            }
        }
    }

    private static void AddCouplings(ImmutableArray<string>.Builder mistakes, RiskParameters p)
    {
        foreach (var coupling in p.Couplings.Couplings)
        {
            var name = Text($"of relation kind {coupling.RelationKind}, domain {coupling.Domain.Index}");
            Check(mistakes, coupling.Share >= 0 && coupling.Share <= p.LargestCoupling, $"coupling {name}", coupling.Share, Text($"0 to the largest coupling, {p.LargestCoupling}"));
            Check(mistakes, coupling.Domain.Index < p.Domains.Length, $"domain of the coupling {name}", coupling.Domain.Index, $"the index of one of {p.Domains.Length} domains");
        }
    }

    private static void Check(ImmutableArray<string>.Builder mistakes, bool right, string what, double value, string expected)
    {
        if (!right)
        {
            mistakes.Add(Text($"The {what} is {value}; expected {expected}."));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
