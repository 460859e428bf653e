using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Query.Schemas;
using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Domain.Tests.Packages;

/// <summary>A small package made in code: shops, buildings and sensors, for tests that are not about YAML.</summary>
internal static class SmallPackage
{
    public const int LocatedIn = 0;
    public const int Adjoins = 1;
    public const int Monitors = 2;

    public const int GasAlarm = 0;
    public const int FireExitBlocked = 1;
    public const int CitizenComplaint = 2;

    /// <summary>Its parts, to change some of them.</summary>
    public static PackageContent Content(int version) => new(new PackageVersion("test.small", version))
    {
        Fingerprint = (ulong)version,
        Kinds = [Shop(), Building(), Sensor()],
        Relations =
        [
            new RelationKind(LocatedIn, "locatedIn") { From = Set("shop", "sensor"), To = Set("building") },
            new RelationKind(Adjoins, "adjoins") { From = Set("shop"), To = Set("shop") },
            new RelationKind(Monitors, "monitors") { From = Set("sensor"), To = Set("shop", "building") },
        ],
        Risk = new RiskParameters
        {
            Types =
            [
                Evidence(GasAlarm, "gas_alarm", RiskDomain.Safety, 0.60, 24, EvidenceMode.Max, 3, 0.10),
                Evidence(FireExitBlocked, "fire_exit_blocked", RiskDomain.Safety, 0.20, 168, EvidenceMode.Add, 1.5, 0.10),
                Evidence(CitizenComplaint, "citizen_complaint", RiskDomain.Order, 0.10, 720, EvidenceMode.Add, 1, 0.10),
            ],
            Couplings = new CouplingTable(
            [
                new Coupling(LocatedIn, RelationDirection.FromOwner, RiskDomain.Safety, 0.4),
                new Coupling(LocatedIn, RelationDirection.ToOwner, RiskDomain.Safety, 0.5),
                new Coupling(Adjoins, RelationDirection.FromOwner, RiskDomain.Safety, 0.3),
                new Coupling(Adjoins, RelationDirection.ToOwner, RiskDomain.Safety, 0.3),
            ]),
        },
        EventTypes = [.. BuiltInEvents.All, ComplaintReceived],
        CaseTypes =
        [
            new CaseType("grid-case", [new CaseState("open", CaseStateRole.Open), new CaseState("closed", CaseStateRole.Closed)], [new CaseTransition("open", "case-closed", "closed")]),
        ],
    };

    /// <summary>An event type with a field of each type.</summary>
    public static EventType ComplaintReceived { get; } = new("complaint-received", EventAction.None)
    {
        Kinds = Set("shop", "building"),
        Fields =
        [
            new(new Queryable("channel", QueryableType.Text) { Codes = ["hotline", "app"] }, 0) { Required = true },
            new(new Queryable("summary", QueryableType.Text), 1) { MaximumLength = 1_000 },
            new(new Queryable("weight", QueryableType.Number), 2) { Minimum = 0, Maximum = 1 },
            new(new Queryable("count", QueryableType.Integer), 3) { Minimum = 0 },
            new(new Queryable("anonymous", QueryableType.Boolean), 4),
            new(new Queryable("seen", QueryableType.Timestamp), 5),
            new(new Queryable("day", QueryableType.Date), 6),
            new(new Queryable("place", QueryableType.Point), 7),
        ],
    };

    /// <summary>The package; each call gives the same one.</summary>
    public static ModelPackage Instance { get; } = new(Content(1));

    private static ElementKind Shop() => Kind("shop",
        [
            new(new Queryable("industry", QueryableType.Text) { Codes = ["catering", "retail"] }, 2) { Indexed = true },
            new(new Queryable("area", QueryableType.Number), 3) { Unit = "m2", Minimum = 0, Maximum = 1e6, Indexed = true },
            new(new Queryable("exposure", QueryableType.Text) { Codes = ["ordinary", "high-risk"] }, 4),
            new(new Queryable("opened", QueryableType.Date), 5),
        ],
        [],
        new ConsequenceRules(new Consequence(2), new Dictionary<string, Consequence> { ["high-risk"] = new(4) }.ToFrozenDictionary()),
        new BaseLoadRules([new BaseLoadIndicator { Attribute = "area", Weight = 1, Missing = 0.5, Linear = new ReadingRange(0, 1_000) }]));

    private static ElementKind Building() => Kind("building",
        [new(new Queryable("floors", QueryableType.Integer), 2) { Minimum = 0, Maximum = 200, Indexed = true }],
        [],
        new ConsequenceRules(new Consequence(3), FrozenDictionary<string, Consequence>.Empty),
        new BaseLoadRules([]));

    private static ElementKind Sensor() => Kind("sensor",
        [new(new Queryable("type", QueryableType.Text) { Codes = ["gas", "air"] }, 2) { Indexed = true }],
        [
            new ReadingDefinition(0, "gas", "%")
            {
                Minimum = 0,
                Maximum = 100,
                SilentAfter = 3_600_000,
                Thresholds =
                [
                    new ThresholdDefinition("alarm", ThresholdDirection.Above, 20, 10)
                    {
                        Debounce = 60_000,
                        Gives = new EvidenceGiven(GasAlarm, 0.9) { Along = Monitors },
                    },
                ],
            },
            new ReadingDefinition(1, "pm25", "ug/m3") { Minimum = 0, Maximum = 1_000, DriftLimit = 3.5 },
        ],
        new ConsequenceRules(new Consequence(1), FrozenDictionary<string, Consequence>.Empty),
        new BaseLoadRules([]));

    private static ElementKind Kind(
        string name, ImmutableArray<AttributeDefinition> attributes, ImmutableArray<ReadingDefinition> readings, ConsequenceRules consequence, BaseLoadRules baseLoad) =>
        new(name, RiskDomain.StandardNames, [.. ElementProperty.CommonAttributes, .. attributes], readings) { Consequence = consequence, BaseLoad = baseLoad };

    private static EvidenceType Evidence(int index, string name, RiskDomain domain, double severity, double halfLife, EvidenceMode mode, double cap, double residual) => new()
    {
        Index = (ushort)index,
        Name = name,
        Domain = domain,
        Severity = severity,
        HalfLifeHours = halfLife,
        Mode = mode,
        Cap = cap,
        Residual = residual,
    };

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
