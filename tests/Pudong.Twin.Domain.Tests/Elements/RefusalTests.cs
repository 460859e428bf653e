using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class RefusalTests
{
    public static TheoryData<string, RefusalReason, string> Bad => new()
    {
        { "unknown kind", RefusalReason.UnknownKind, "Package test.small/1 has no kind of element 'ship', so ship:x can take no events." },
        { "unknown type", RefusalReason.UnknownEventType, "Package test.small/1 has no event type 'shop-sank'." },
        { "other kind", RefusalReason.KindNotAllowed, "Event type 'complaint-received' of package test.small/1 is not about elements of kind 'sensor'." },
        { "time", RefusalReason.InvalidTime, "Event 'bad' has time -9000000000000 ms; expected one from 1900 to 2199." },
        { "not registered", RefusalReason.ElementUnknown, "Element shop:s1 was never registered; send 'element-registered' first." },
        { "other data", RefusalReason.WrongType, "The data of event 'bad' has not the form that type 'reading-received' asks for." },
        { "unknown attribute", RefusalReason.UnknownField, "Kind 'shop' of package test.small/1 has no attribute with ordinal 77." },
        { "wrong value", RefusalReason.WrongType, "Attribute 'area' of shop:s1 cannot take wide; expected Number as package test.small/1 declares it." },
        { "endless value", RefusalReason.WrongType, "Attribute 'area' of shop:s1 cannot take Infinity; expected Number as package test.small/1 declares it." },
        { "unknown reading", RefusalReason.UnknownReading, "Kind 'sensor' of package test.small/1 has no reading with ordinal 9." },
        { "reading too high", RefusalReason.OutOfRange, "Reading 'gas' of sensor:g1 is 101 %; expected 0 to 100." },
        { "reading not a number", RefusalReason.OutOfRange, "Reading 'gas' of sensor:g1 is NaN %; expected 0 to 100." },
        { "unknown evidence", RefusalReason.UnknownEvidence, "Package test.small/1 has no evidence type with index 40." },
        { "severity", RefusalReason.OutOfRange, "Evidence 'gas_alarm' has severity 1 and confidence 0.5; expected 0 to 0.99 and 0 to 1." },
        { "confidence", RefusalReason.OutOfRange, "Evidence 'gas_alarm' has severity 0.5 and confidence NaN; expected 0 to 0.99 and 0 to 1." },
        { "evidence of no case", RefusalReason.UnknownCase, "Element shop:s1 has no open case 'c9' to which evidence 'gas_alarm' could belong." },
        { "closing no case", RefusalReason.UnknownCase, "Element shop:s1 has no open case 'c9' to be closed." },
        { "unknown piece", RefusalReason.PieceUnknown, "Element shop:s1 no longer knows the piece of evidence 'fire_exit_blocked' to be withdrawn: it keeps the last 32. Name one of those, or a case." },
        { "unknown relation", RefusalReason.UnknownRelation, "Package test.small/1 has no relation kind with index 8." },
        { "relation to itself", RefusalReason.RelationToItself, "Element shop:s1 cannot have a relation 'adjoins' to itself; name another element as target." },
        { "relation between kinds", RefusalReason.RelationNotAllowed, "Relation 'adjoins' of package test.small/1 does not lead from kind 'shop' to kind 'building'." },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Apply_WhatCannotBe_RefusesWithItsNumberAndSentenceAndChangesNothing(string what, RefusalReason reason, string message)
    {
        var e = EventOf(what) with { Id = "bad" };
        var state = what is "not registered" or "unknown kind" ? ElementState.Unknown(e.Subject) : Fold(e.Subject, Registered(e.Subject));

        var transition = Apply(state, e);

        Assert.Equal((Outcome.Refused, reason, message), (transition.Outcome, transition.Refusal?.Reason, transition.Refusal?.Message));
        Assert.Same(state, transition.State);
        Assert.Empty(transition.Effects);
    }

    private static TwinEvent EventOf(string what) => what switch
    {
        "unknown kind" => Registered(ElementId.Parse("ship:x")),
        "unknown type" => Event(Shop, "shop-sank", NoData.Instance),
        "other kind" => Event(Sensor, "complaint-received", NoData.Instance),
        "time" => Observed(Shop, 0) with { Time = -9_000_000_000_000 },
        "not registered" => Observed(Shop, 0, (Area, Value.Of(1.0))),
        "other data" => Event(Sensor, "reading-received", NoData.Instance),
        "unknown attribute" => Observed(Shop, 0, (77, Value.Of(1.0))),
        "wrong value" => Observed(Shop, 0, (Area, Value.Of("wide"))),
        "endless value" => Observed(Shop, 0, (Area, Value.Of(double.PositiveInfinity))),
        "unknown reading" => Reading(Sensor, 9, 1, 0),
        "reading too high" => Reading(Sensor, 0, 101, 0),
        "reading not a number" => Reading(Sensor, 0, double.NaN, 0),
        "unknown evidence" => Evidence(Shop, 40, 0.5, 0.5, 0),
        "severity" => Evidence(Shop, SmallPackage.GasAlarm, 1, 0.5, 0),
        "confidence" => Evidence(Shop, SmallPackage.GasAlarm, 0.5, double.NaN, 0),
        "evidence of no case" => Evidence(Shop, SmallPackage.GasAlarm, 0.5, 0.5, 0, "c9"),
        "closing no case" => Case(Shop, "case-closed", "c9", 0),
        "unknown piece" => Event(Shop, "evidence-withdrawn", new EvidenceEndData(SmallPackage.FireExitBlocked) { Piece = new EventKey(7) }),
        "unknown relation" => Related(Shop, 8, Building),
        "relation to itself" => Related(Shop, SmallPackage.Adjoins, Shop),
        _ => Related(Shop, SmallPackage.Adjoins, Building),
    };
}
