namespace Pudong.Twin.Domain.Risk;

/// <summary>An evidence type of the model package: what one piece of such evidence does to risk, and how it is forgotten.</summary>
/// <remarks>RISK-MODEL.md, section 2. <see cref="RiskParameters.Mistakes"/> says what is out of range.</remarks>
public sealed record EvidenceType
{
    /// <summary>The index that the package gave once and never uses again for another type.</summary>
    public required ushort Index { get; init; }

    /// <summary>The name, such as <c>gas_alarm</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The domain that the evidence speaks about.</summary>
    public required RiskDomain Domain { get; init; }

    /// <summary><c>s</c>: the incident probability if one piece were seen alone and for certain, 0 to 0.99.</summary>
    public required double Severity { get; init; }

    /// <summary><c>H</c>: the hours in which a load halves, more than zero.</summary>
    public required double HalfLifeHours { get; init; }

    /// <summary>Whether pieces pile up or the strongest counts.</summary>
    public required EvidenceMode Mode { get; init; }

    /// <summary>The largest load that is read from one element, in nats, more than zero.</summary>
    public required double Cap { get; init; }

    /// <summary><c>ρ</c>: the share that a verified closing or a clearing leaves, 0 to 1.</summary>
    public required double Residual { get; init; }

    /// <summary>For a continuous reading, where severity begins and is full; null for evidence without a reading.</summary>
    public ReadingRange? Reading { get; init; }

    /// <summary>The load of one piece, in nats: <c>λ = −ln(1 − s·c)</c>.</summary>
    /// <param name="confidence"><c>c</c>, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not 0 to 1.</exception>
    public double LoadOf(double confidence) => LoadOf(Severity, confidence);

    /// <summary>The load of one piece whose severity depends on its class, in nats: <c>λ = −ln(1 − s·c)</c>.</summary>
    /// <param name="severity"><c>s</c>, 0 to 0.99.</param>
    /// <param name="confidence"><c>c</c>, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The severity is not 0 to 0.99 or the confidence not 0 to 1.</exception>
    public static double LoadOf(double severity, double confidence)
    {
        // Written so that NaN fails too.
        if (severity is not (>= 0 and <= 0.99))
        {
            throw new ArgumentOutOfRangeException(nameof(severity), severity, "A severity is from 0 to 0.99.");
        }

        if (confidence is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is from 0 to 1.");
        }

        return 0 - KernelMath.Ln(1 - (severity * confidence));
    }

    /// <summary>The severity of a reading: <c>s·clamp((x − x0)/(x1 − x0), 0, 1)</c>; the plain severity for a type without reading range.</summary>
    /// <param name="reading"><c>x</c>, in the unit of the range.</param>
    public double SeverityAt(double reading) => Reading is { } range ? Severity * range.ShareOf(reading) : Severity;
}

/// <summary>Where the severity of a continuous reading begins and where it is full.</summary>
/// <param name="From"><c>x0</c>: the reading without severity.</param>
/// <param name="To"><c>x1</c>: the reading of full severity; smaller than <paramref name="From"/> when low is bad.</param>
/// <remarks>RISK-MODEL.md, section 2.</remarks>
public readonly record struct ReadingRange(double From, double To)
{
    /// <summary>The share of the full severity, 0 to 1.</summary>
    /// <param name="reading">The reading, in the unit of the range.</param>
    public double ShareOf(double reading) => Math.Clamp((reading - From) / (To - From), 0, 1);
}
