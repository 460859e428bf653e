using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Identity;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>Bytes that were written once stay readable: each file of Golden holds one event in the form of its version.</summary>
public sealed class GoldenEventsTests
{
    private static readonly ElementId Shop = ElementId.Parse("shop:s-1");
    private static readonly ElementId Other = ElementId.Parse("shop:s-2");
    private static readonly Load Alarm = new(0, 0.776528789, 1_700_000_000_000, 2, 1_700_000_500_000, true);

    private static readonly ImmutableSortedDictionary<string, TwinEvent> Events = new Dictionary<string, TwinEvent>
    {
        ["reading"] = Of("reading-received", new ReadingData(0, 21.5)) with { Subject = ElementId.Parse("sensor:gas-000042") },
        ["registration"] = Of("element-registered", new AttributeData(
            [new(0, Value.Of("310115004")), new(2, Value.Of("catering")), new(3, Value.Of(120.5)), new(5, Value.Of(new DateOnly(2021, 11, 1)))],
            [new RelationData(SmallPackage.LocatedIn, ElementId.Parse("building:b-1"))]) { Geometry = Value.Of(new Point(121.5, 31.2)), Name = "甲店" }),
        ["observation"] = Of("attributes-observed", new AttributeData([new(3, Value.Null)], []) { Geometry = Value.Of(new Polygon(new LinearRing([new(0, 0), new(1, 0), new(1, 1), new(0, 0)]))) }),
        ["fields"] = Of("complaint-received", new FieldData([Value.Of("hotline"), Value.Of("消防通道"), Value.Of(0.25), Value.Of(-7L), Value.Of(true), Value.OfTicks(638_000_000_000_000_000), Value.OfDay(738_000), Value.Null])),
        ["relation"] = Of("relation-added", new RelationData(SmallPackage.Adjoins, Other)) with { ExpectedRevision = 17, TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" },
        ["evidence"] = Of("evidence-observed", new EvidenceData(SmallPackage.GasAlarm, 0.6, 0.9) { Case = "c-1" }),
        ["withdrawal"] = Of("evidence-withdrawn", new EvidenceEndData(SmallPackage.FireExitBlocked) { Piece = new EventKey(0x0123456789ABCDEF) }),
        ["case"] = Of("case-opened", new CaseData("c-1", "grid-case") { Evidence = SmallPackage.CitizenComplaint }),
        ["retirement"] = Of("element-retired", NoData.Instance),
        ["mirror"] = Derived("relation-mirrored", new MirrorData(SmallPackage.Adjoins, Other, true)),
        ["influence"] = Derived("influence-changed", new InfluenceChangedData(Other, new InfluenceChanged(
            true, [new Influence(Other, RiskDomain.Safety, 0.3, [Other], 4, [Alarm])], [new InfluenceWithdrawal(Other, RiskDomain.Order, 3, true)]))),
        ["wanted"] = Derived("influence-wanted", new InfluenceWantedData(Other, new InfluenceWanted(false, [new LabelKey(Other, RiskDomain.Credit)]))),
        ["silence"] = Derived("deadline-passed", new DeadlineData(DeadlineKind.Silence, 1)) with { Subject = ElementId.Parse("sensor:gas-000042") },
        ["activation"] = Derived("package-activated", new ActivationData(new PackageVersion("test.small", 2), 0xFEDCBA9876543210)),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Names() => [.. Events.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_AGoldenEvent_GivesTheBytesOfItsFile(string name)
    {
        var path = Path.Combine(RepositoryFolder.OfTests("Events", "Golden"), $"v1-{name}.bin");
        var bytes = Codec.Bytes(Events[name], SmallPackage.Instance);
        if (RepositoryFolder.WritesExpected)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal(File.ReadAllBytes(path), bytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AGoldenFile_GivesItsEvent(string name)
    {
        var expected = Events[name];

        var read = Codec.Read(File.ReadAllBytes(Path.Combine(RepositoryFolder.OfTests("Events", "Golden"), $"v1-{name}.bin")), SmallPackage.Instance);

        Assert.Equal((expected.Id, expected.Source, expected.Type, expected.Subject, expected.Time), (read.Id, read.Source, read.Type, read.Subject, read.Time));
        Assert.Equal((expected.ExpectedRevision, expected.Cause, expected.TraceParent), (read.ExpectedRevision, read.Cause, read.TraceParent));
        Assert.Equal(Described(expected.Data), Described(read.Data));
    }

    private static string Described(EventData data) => data switch
    {
        FieldData fields => string.Join("|", fields.Values),
        AttributeData attributes => $"{string.Join("|", attributes.Values)} {string.Join("|", attributes.Relations.Select(relation => relation.ToString()))} {attributes.Geometry} {attributes.Name}",
        InfluenceChangedData changed => $"{changed.From} {changed.Message.Full} {string.Join("|", changed.Message.Offers.Select(offer => $"{offer.Key} {offer.Reach} {offer.Version} {string.Join(",", offer.Path)} {string.Join(",", offer.Loads)}"))} {string.Join("|", changed.Message.Withdrawals)}",
        InfluenceWantedData wanted => $"{wanted.From} {wanted.Message.All} {string.Join("|", wanted.Message.Labels)}",
        _ => data.ToString(),
    };

    private static TwinEvent Of(string type, EventData data) => new("e-1", "//gateway/7", type, Shop, 1_700_000_000_123, data);

    private static TwinEvent Derived(string type, EventData data) => Of(type, data) with { Cause = new Cause(63, new LogPosition(1_234_567), 2) };
}
