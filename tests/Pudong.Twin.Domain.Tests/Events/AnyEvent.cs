using CsCheck;
using NetTopologySuite.Geometries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>Events of every form of the small package, built for tests of the codec and of JSON.</summary>
internal static class AnyEvent
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcXYZ0189-_浦东~é😀"[..14]], 1, 60];
    private static readonly Gen<string> Key = Gen.String[Gen.Char["abcxyzABC0189-._~"], 1, 40];
    private static readonly Gen<long> Time = Gen.Long[1_000_000_000_000, 1_900_000_000_000];
    private static readonly Gen<double> Share = Gen.Double[0, 0.99];
    private static readonly Gen<Value> Geometry = Gen.OneOf(Gen.Const(Value.Null), Position.Select(position => Value.Of(new Point(position))), Position.Array[3, 6].Select(Polygon));

    /// <summary>Events that senders may send.</summary>
    public static Gen<TwinEvent> FromOutside { get; } = Gen.OneOf(
        Event("sensor", "reading-received", Gen.Select(Gen.Int[0, 1], Gen.Double[0, 100], (reading, number) => (EventData)new ReadingData(reading, number))),
        Event("shop", "element-registered", Attributes(withRelations: true)),
        Event("shop", "attributes-observed", Attributes(withRelations: false)),
        Event("shop", "complaint-received", Fields),
        Event("shop", "element-retired", Gen.Const<EventData>(NoData.Instance)),
        Event("shop", "relation-added", Id("building").Select(target => (EventData)new RelationData(SmallPackage.LocatedIn, target))),
        Event("shop", "evidence-observed", Gen.Select(Gen.Int[0, 2], Share, Share, Word.Null(), (type, s, c, of) => (EventData)new EvidenceData(type, s, c) { Case = of })),
        Event("shop", "evidence-cleared", Gen.Const<EventData>(new EvidenceEndData(SmallPackage.GasAlarm))),
        Event("shop", "case-opened", Gen.Select(Word, Gen.Int[0, 2].Nullable(), (id, evidence) => (EventData)new CaseData(id, "grid-case") { Evidence = evidence })),
        Event("shop", "case-closed", Gen.Select(Word, Gen.Bool, (id, verified) => (EventData)new CaseData(id, "grid-case") { Verified = verified })));

    /// <summary>Events of every form, derived ones included.</summary>
    public static Gen<TwinEvent> Any { get; } = Gen.OneOf(
        FromOutside,
        Event("shop", "evidence-withdrawn", Gen.Select(Gen.ULong, Word.Null(), (piece, of) => (EventData)new EvidenceEndData(SmallPackage.FireExitBlocked) { Piece = new EventKey(piece), Case = of })),
        Derived("relation-mirrored", Gen.Select(Id("shop"), Gen.Bool, (owner, added) => (EventData)new MirrorData(SmallPackage.Adjoins, owner, added))),
        Derived("influence-changed", Gen.Select(Id("shop"), Offer.Array[0, 4], Withdrawal.Array[0, 3], Gen.Bool, (from, offers, withdrawals, full) => (EventData)new InfluenceChangedData(from, new InfluenceChanged(full, [.. offers], [.. withdrawals])))),
        Derived("influence-wanted", Gen.Select(Id("shop"), Label.Array[0, 4], (from, labels) => (EventData)new InfluenceWantedData(from, new InfluenceWanted(labels.Length == 0, [.. labels])))),
        Event("sensor", "deadline-passed", Gen.Int[0, 1].Select(reading => (EventData)new DeadlineData(DeadlineKind.Silence, reading))),
        Derived("deadline-passed", Word.Select(of => (EventData)new DeadlineData(DeadlineKind.CaseOverdue, 0) { Case = of })),
        Derived("package-activated", Gen.Select(Gen.Int[1, 9_999], Gen.ULong, (version, print) => (EventData)new ActivationData(new PackageVersion("test.small", version), print))));

    private static Gen<Coordinate> Position => Gen.Select(Gen.Double[-180, 180], Gen.Double[-90, 90], (x, y) => new Coordinate(x, y));

    private static Gen<LabelKey> Label => Gen.Select(Id("shop"), Gen.Int[0, 4], (source, domain) => new LabelKey(source, new RiskDomain((byte)domain)));

    private static Gen<InfluenceWithdrawal> Withdrawal => Gen.Select(Label, Gen.UInt, Gen.Bool, (label, version, quiet) => new InfluenceWithdrawal(label.Source, label.Domain, version, quiet));

    private static Gen<Influence> Offer => Gen.Select(Label, Share, Id("shop").Array[1, 4], Gen.UInt, LoadOf.Array[0, 3], (label, reach, path, version, loads) =>
        new Influence(label.Source, label.Domain, reach, [.. path], version, [.. loads]));

    private static Gen<Load> LoadOf => Gen.Select(Gen.Int[0, 999], Share, Time, Gen.UInt, Gen.Bool, Gen.Bool, (type, amount, at, pieces, cleared, withdrawn) =>
        new Load((ushort)type, amount, at, pieces, cleared ? at + 1 : Load.Never, cleared && withdrawn));

    private static Gen<EventData> Fields => Gen.Select(Word.Null(), Share.Nullable(), Gen.Long[0, long.MaxValue].Nullable(), Gen.Bool.Nullable(), Gen.Long[0, 3_000_000_000].Nullable(), Geometry, (summary, weight, count, anonymous, moment, place) =>
        (EventData)new FieldData(
        [
            Value.Of(anonymous == true ? "hotline" : "app"), Value.Of(summary), weight is { } w ? Value.Of(w) : Value.Null, count is { } c ? Value.Of(c) : Value.Null,
            anonymous is { } a ? Value.Of(a) : Value.Null, moment is { } m ? Value.OfTicks(DateTime.UnixEpoch.Ticks + (m * 10_000_000)) : Value.Null,
            moment is { } d ? Value.OfDay(738_000 + (d / 1_000_000)) : Value.Null, place.Geometry is Point ? place : Value.Null,
        ]));

    private static Gen<EventData> Attributes(bool withRelations) => Gen.Select(Gen.Double[0, 1e6].Nullable(), Gen.Bool, Geometry, Word.Null(), Id("building").Array[0, 3], (area, food, place, name, buildings) =>
        (EventData)new AttributeData(
            [.. area is { } a ? [new AttributeValue(3, Value.Of(a))] : Array.Empty<AttributeValue>(), new AttributeValue(4, food ? Value.Null : Value.Of("high-risk"))],
            withRelations ? [.. buildings.Select(building => new RelationData(SmallPackage.LocatedIn, building))] : []) { Geometry = place, Name = name });

    private static Gen<ElementId> Id(string kind) => Key.Select(key => ElementId.Of(kind, key));

    private static Gen<TwinEvent> Event(string kind, string type, Gen<EventData> data) =>
        Gen.Select(Word, Key, Id(kind), Time, data, Gen.Long[0, long.MaxValue].Nullable(), Word.Null(), (id, source, subject, time, content, revision, trace) =>
            new TwinEvent(id, $"//{source}", type, subject, time, content) { ExpectedRevision = revision, TraceParent = trace });

    private static Gen<TwinEvent> Derived(string type, Gen<EventData> data) =>
        Gen.Select(Event("shop", type, data), Gen.Int[0, 4_095], Gen.Long[1, long.MaxValue], Gen.Int[0, 9_999], (e, partition, position, ordinal) =>
            e with { Cause = new Cause(partition, new LogPosition(position), ordinal) });

    private static Value Polygon(Coordinate[] corners) => Value.Of(new Polygon(new LinearRing([.. corners, corners[0]])));
}
