using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>Evidence types, couplings and ids that the tests of risk share.</summary>
internal static class RiskSamples
{
    public const ushort GasAlarm = 0;
    public const ushort FireExitBlocked = 2;
    public const ushort InspectionFailed = 4;
    public const ushort PondingLevel = 6;
    public const ushort AdminPenalty = 14;

    public const long Hour = 3_600_000;

    /// <summary>An alarm and a pile of reports in safety, a level in environment, penalties in credit: section 12 in small.</summary>
    public static ImmutableArray<EvidenceType> Types { get; } =
    [
        Type(GasAlarm, "gas_alarm", RiskDomain.Safety, 0.60, 24, EvidenceMode.Max, 3, 0.10),
        Type(FireExitBlocked, "fire_exit_blocked", RiskDomain.Safety, 0.20, 168, EvidenceMode.Add, 1.5, 0.10),
        Type(InspectionFailed, "inspection_failed", RiskDomain.Safety, 0.35, 4_320, EvidenceMode.Add, 2, 0.30),
        Type(PondingLevel, "ponding_level", RiskDomain.Environment, 0.50, 6, EvidenceMode.Max, 2, 0),
        Type(AdminPenalty, "admin_penalty", RiskDomain.Credit, 0.30, 4_380, EvidenceMode.Add, 1.5, 0.50),
    ];

    public static RiskParameters Standard { get; } = new() { Types = Types };

    public static EvidenceType Type(ushort index, string name, RiskDomain domain, double severity, double halfLife, EvidenceMode mode, double cap, double residual) => new()
    {
        Index = index,
        Name = name,
        Domain = domain,
        Severity = severity,
        HalfLifeHours = halfLife,
        Mode = mode,
        Cap = cap,
        Residual = residual,
    };

    public static ElementId Element(string key) => ElementId.Of("enterprise", key);

    public static ElementId Element(int number) => ElementId.Of("enterprise", $"e{number:00}");

    /// <summary>A coupling in one domain from the owner of a relation to its other end and back.</summary>
    public static ImmutableArray<Coupling> Both(ushort kind, RiskDomain domain, double fromOwner, double toOwner) =>
        [new(kind, RelationDirection.FromOwner, domain, fromOwner), new(kind, RelationDirection.ToOwner, domain, toOwner)];

    /// <summary>The surroundings of an element without neighbours.</summary>
    public static RiskContext Alone(RiskParameters parameters, long clock, double baseLoad = 0.02) =>
        new(parameters, Element("alone"), Neighbourhood.None, baseLoad, clock);
}
