using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The class of a risk: A below 0.20, B below 0.45, C below 0.70, D above, with a margin against flapping.</summary>
/// <remarks>RISK-MODEL.md, section 6, "Bands". The numbers are stored and travel.</remarks>
[GenerateSerializer, Alias("pudong.risk-band")]
public enum RiskBand : byte
{
    /// <summary>Lowest.</summary>
    A = 0,

    /// <summary>Raised.</summary>
    B = 1,

    /// <summary>High.</summary>
    C = 2,

    /// <summary>Highest.</summary>
    D = 3,
}
