using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A quantity that sensors of a kind measure: its unit, the window it is summed up over, and what its values say.</summary>
/// <param name="Ordinal">Its place in <see cref="ElementKind.Readings"/>.</param>
/// <param name="Name">The exact name, such as <c>pm25</c>.</param>
/// <param name="Unit">The only unit that is accepted, in UCUM, such as <c>ug/m3</c>; <c>1</c> for a plain number.</param>
public sealed record ReadingDefinition(int Ordinal, string Name, string Unit)
{
    /// <summary>The number under which it is stored.</summary>
    public uint Number { get; } = NameHash.Of(Name);

    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The smallest value the device can measure; a lower one is refused.</summary>
    public double Minimum { get; init; } = double.MinValue;

    /// <summary>The largest value the device can measure; a higher one is refused.</summary>
    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>How far back minimum, maximum and mean look, in milliseconds; more than zero.</summary>
    public long Window { get; init; } = 3_600_000;

    /// <summary>The thresholds, in the order in which they are tried.</summary>
    public ImmutableArray<ThresholdDefinition> Thresholds { get; init; } = [];

    /// <summary>After how many milliseconds without a reading the sensor counts as silent; null when silence says nothing.</summary>
    public long? SilentAfter { get; init; }

    /// <summary>The evidence that silence gives; null for none.</summary>
    public EvidenceGiven? SilenceGives { get; init; }

    /// <summary>The robust z-score (distance to the median in units of 1.4826 times the median distance) above which the sensor counts as drifted; null when drift is not looked for.</summary>
    public double? DriftLimit { get; init; }
}

/// <summary>A limit of a reading: it is raised at one value and cleared at a lower (or, for a floor, higher) one.</summary>
/// <param name="Name">The exact name, unique in its reading.</param>
/// <param name="Direction">Whether high or low values raise it.</param>
/// <param name="Raise">The value at which it is raised.</param>
/// <param name="Clear">The value at which it is cleared: below <paramref name="Raise"/> for a ceiling, above it for a floor.</param>
public sealed record ThresholdDefinition(string Name, ThresholdDirection Direction, double Raise, double Clear)
{
    /// <summary>How long, in milliseconds of event time, readings must stay beyond the limit before it is raised; 0 raises at once.</summary>
    public long Debounce { get; init; }

    /// <summary>The evidence it gives while raised, cleared when it clears; null for none.</summary>
    public EvidenceGiven? Gives { get; init; }

    /// <summary>Whether a reading reaches the limit.</summary>
    /// <param name="value">The measured number.</param>
    public bool Raises(double value) => Direction == ThresholdDirection.Above ? value >= Raise : value <= Raise;

    /// <summary>Whether a reading takes the limit back; between the two values nothing changes.</summary>
    /// <param name="value">The measured number.</param>
    public bool Clears(double value) => Direction == ThresholdDirection.Above ? value <= Clear : value >= Clear;
}

/// <summary>Which values are bad.</summary>
public enum ThresholdDirection
{
    /// <summary>High values raise the threshold: a ceiling.</summary>
    Above,

    /// <summary>Low values raise the threshold: a floor.</summary>
    Below,
}

/// <summary>Evidence that a finding of a sensor gives, on the sensor or on those it is related to.</summary>
/// <param name="Type">Index of the evidence type.</param>
/// <param name="Confidence">How sure the finding is, 0 to 1.</param>
public sealed record EvidenceGiven(int Type, double Confidence)
{
    /// <summary>Index of the relation kind whose targets get the evidence (a device's host); null for the sensor itself.</summary>
    public int? Along { get; init; }

    /// <summary>Whether the value scales the severity by the evidence type's range (RISK-MODEL.md, section 2).</summary>
    public bool Scaled { get; init; }
}
