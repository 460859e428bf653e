using System.Globalization;
using NetTopologySuite.Geometries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Benchmarks.Domain;

/// <summary>Synthetic elements under the shipped core package, registered through the kernel as in life.</summary>
internal static class SyntheticCity
{
    public const long Start = 1_700_000_000_000;

    private const string Source = "/benchmarks";

    public static ModelPackage Package { get; } = ShippedPackages.Core;

    public static ElementId SensorId(int number) => ElementId.Of("sensor", string.Create(CultureInfo.InvariantCulture, $"smoke-{number:000000}"));

    // 18 characters, as a unified social credit code has.
    public static ElementId EnterpriseId(int number) => ElementId.Of("enterprise", string.Create(CultureInfo.InvariantCulture, $"91310115MA{number:00000000}"));

    public static ElementId BuildingId(int number) => ElementId.Of("building", string.Create(CultureInfo.InvariantCulture, $"b-{number:000000}"));

    /// <summary>A sensor with the attributes that every device has, a place and a host.</summary>
    public static ElementState Sensor(ElementId id, int number, ElementId host) => Registered(id, number, null,
    [
        .. Codes(number),
        Attribute("sensor", "type", Value.Of("smoke")),
        Attribute("sensor", "installed", Value.OfDay(738_000 + (number % 1_000))),
        Attribute("sensor", "provider", Value.Of("market")),
    ],
    [Relation("monitors", host)]);

    /// <summary>An enterprise with a name, all the codes it is searched by, a place and a building.</summary>
    public static ElementState Enterprise(ElementId id, int number, ElementId building) => Registered(
        id, number, $"浦东示例企业{number}", [.. Codes(number), .. Known("enterprise")], [Relation("locatedIn", building)]);

    /// <summary>A building with a place.</summary>
    public static ElementState Building(ElementId id, int number) => Registered(id, number, null, [.. Codes(number), .. Known("building")], []);

    public static TwinEvent Reading(ElementId sensor, int reading, double value, long time, long id) => new(
        id.ToString(CultureInfo.InvariantCulture), Source, "reading-received", sensor, time, new ReadingData(reading, value));

    public static TwinEvent Evidence(ElementId element, int type, long time, long id) => new(
        id.ToString(CultureInfo.InvariantCulture), Source, "evidence-observed", element, time, new EvidenceData(type, 0.2, 0.8));

    public static int ReadingOf(string name) => Package.FindKind("sensor")!.ReadingOf(name);

    private static ElementState Registered(
        ElementId id, int number, string? name, AttributeValue[] values, RelationData[] relations)
    {
        var data = new AttributeData([.. values.OrderBy(value => value.Attribute)], [.. relations])
        {
            Name = name,
            Geometry = Value.Of(new Point(121.3 + (number % 1_000 * 0.0005), 30.9 + (number / 1_000 * 0.0002))),
        };
        var e = new TwinEvent($"r{number}", Source, "element-registered", id, Start, data);
        var transition = Kernel.Apply(Package, ElementState.Unknown(id), e, LogPosition.Start.Next);
        return transition.Refusal is null ? transition.State : throw new InvalidOperationException(transition.Refusal.Message);
    }

    private static AttributeValue[] Codes(int number)
    {
        var town = 310115001 + (number % 36);
        return
        [
            new AttributeValue(0, Value.Of(town.ToString(CultureInfo.InvariantCulture))),
            new AttributeValue(1, Value.Of(string.Create(CultureInfo.InvariantCulture, $"{town}{number % 40:000}"))),
        ];
    }

    // A value for every code list, number and truth value of a kind.
    private static AttributeValue[] Known(string kind) =>
    [
        .. Package.FindKind(kind)!.Attributes.Skip(ElementProperty.CommonAttributes.Length)
            .Select(attribute => new AttributeValue(attribute.Ordinal, SampleOf(attribute)))
            .Where(value => !value.Value.IsNull),
    ];

    private static Value SampleOf(AttributeDefinition attribute) => attribute.Queryable.Type switch
    {
        Query.Schemas.QueryableType.Text when !attribute.Queryable.Codes.IsEmpty => Value.Of(attribute.Queryable.Codes[0]),
        Query.Schemas.QueryableType.Integer => Value.Of((long)Math.Max(attribute.Minimum ?? 1, 1)),
        Query.Schemas.QueryableType.Number => Value.Of(Math.Max(attribute.Minimum ?? 1, 0.5)),
        Query.Schemas.QueryableType.Boolean => Value.Of(true),
        _ => Value.Null,
    };

    private static AttributeValue Attribute(string kind, string name, Value value) => new(Package.FindKind(kind)!.AttributeOf(name), value);

    private static RelationData Relation(string name, ElementId target) => new(Package.FindRelation(name)!.Index, target);
}
