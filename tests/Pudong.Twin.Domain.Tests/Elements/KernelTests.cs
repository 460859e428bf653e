using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class KernelTests
{
    [Fact]
    public void Apply_ARegistration_BringsTheElementIntoBeing()
    {
        var e = Registered(Shop, 1, (Industry, Value.Of("retail")), (Area, Value.Of(200.0)));

        var (state, effects, outcome, refusal) = Apply(ElementState.Unknown(Shop), e with { Data = ((AttributeData)e.Data) with { Name = "好运来", Geometry = Value.Of(new NetTopologySuite.Geometries.Point(121.5, 31.2)) } });

        Assert.Equal((Outcome.Applied, null), (outcome, refusal));
        Assert.Empty(effects);
        Assert.True(state.IsRegistered);
        Assert.Equal((1L, At(1), long.MaxValue), (state.Revision, state.Clock, state.NextDue));
        Assert.Equal(("好运来", "retail", 200.0), (state.Name, state.AttributeAt(Industry).Text, state.AttributeAt(Area).Number));
        Assert.Equal((121.5, 31.2), state.Point);
        Assert.All(state.Attributes, observed => Assert.Equal((At(1), Source, e.Key), (observed.Time, observed.Source, observed.Key)));
    }

    [Fact]
    public void Apply_TheSameEventAgain_ChangesNothingAndSaysSo()
    {
        var e = Registered(Shop);
        var once = Fold(Shop, e);

        var again = Apply(once, e);

        Assert.Equal(Outcome.Duplicate, again.Outcome);
        Assert.Same(once, again.State);
    }

    [Fact]
    public void Apply_ADuplicateWithAStaleRevision_IsADuplicate()
    {
        var e = Registered(Shop) with { ExpectedRevision = 0 };
        var once = Fold(Shop, e);

        Assert.Equal(Outcome.Duplicate, Apply(once, e).Outcome);
    }

    [Fact]
    public void Apply_AnEventForgottenSince_IsAppliedAgain()
    {
        var limit = SmallPackage.Instance.FindKind("shop")!.RememberedEvents;
        var first = Registered(Shop);
        var events = Enumerable.Range(1, limit - 1).Select(hour => Observed(Shop, hour, (Area, Value.Of((double)hour)))).ToArray();

        var remembering = Fold(Shop, [first, .. events]);
        var forgetful = Fold(Shop, [first, .. events, Observed(Shop, 99, (Area, Value.Of(1.0)))]);

        Assert.Equal(Outcome.Duplicate, Apply(remembering, first).Outcome);
        Assert.Equal(Outcome.Late, Apply(forgetful, first).Outcome);
    }

    [Fact]
    public void Apply_ALateValue_DoesNotOverwriteANewerOne()
    {
        var state = Fold(Shop, Registered(Shop), Observed(Shop, 5, (Area, Value.Of(500.0))));

        var late = Apply(state, Observed(Shop, 3, (Area, Value.Of(300.0))));
        var partly = Apply(state, Observed(Shop, 3, (Area, Value.Of(300.0)), (Industry, Value.Of("catering"))));

        Assert.Equal((Outcome.Late, state.Revision), (late.Outcome, late.State.Revision));
        Assert.Equal(500.0, late.State.AttributeAt(Area).Number);
        Assert.Equal(Outcome.Applied, partly.Outcome);
        Assert.Equal((500.0, "catering"), (partly.State.AttributeAt(Area).Number, partly.State.AttributeAt(Industry).Text));
    }

    [Fact]
    public void Apply_TwoValuesOfTheSameTime_KeepsThatOfTheHigherKeyInEitherOrder() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.String[Gen.Char.AlphaNumeric, 1, 8]).Where((x, y) => x != y).Sample((x, y) =>
        {
            var registered = Registered(Shop);
            var one = Event(Shop, "attributes-observed", Attributes((Area, Value.Of(1.0))), 2, x);
            var two = Event(Shop, "attributes-observed", Attributes((Area, Value.Of(2.0))), 2, y);
            var expected = one.Key.Value > two.Key.Value ? 1.0 : 2.0;

            return Fold(Shop, registered, one, two).AttributeAt(Area).Number == expected && Fold(Shop, registered, two, one).AttributeAt(Area).Number == expected;
        }, iter: 200);

    [Fact]
    public void Apply_AnyOrderOfObservations_EndsInTheSameAttributes() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[2, 3], Gen.Int[1, 100]).Array[1, 10].Sample(given =>
        {
            var events = given.Select(one => Observed(Shop, one.Item1, (one.Item2 == 2 ? Area : 5, one.Item2 == 2 ? Value.Of((double)one.Item3) : Value.OfDay(one.Item3)))).ToArray();
            var registered = Registered(Shop, -1);

            var forward = Fold(Shop, [registered, .. events]).Attributes;
            var backward = Fold(Shop, [registered, .. events.Reverse()]).Attributes;

            return forward.SequenceEqual(backward);
        }, iter: 500);

    [Fact]
    public void Apply_ANullValue_TakesTheValueAwayAndStillGuardsAgainstOlderOnes()
    {
        var state = Fold(Shop, Registered(Shop, 0, (Area, Value.Of(5.0))), Observed(Shop, 2, (Area, Value.Null)), Observed(Shop, 1, (Area, Value.Of(7.0))));

        Assert.True(state.AttributeAt(Area).IsNull);
    }

    [Fact]
    public void Apply_WithAnotherRevisionThanExpected_RefusesAndNamesBoth()
    {
        var state = Fold(Shop, Registered(Shop), Observed(Shop, 1, (Area, Value.Of(1.0))));

        var stale = Apply(state, Observed(Shop, 2, (Area, Value.Of(2.0))) with { ExpectedRevision = 1, Id = "command-7" });
        var fresh = Apply(state, Observed(Shop, 2, (Area, Value.Of(2.0))) with { ExpectedRevision = 2 });

        Assert.Equal(Outcome.Refused, stale.Outcome);
        Assert.Same(state, stale.State);
        Assert.Equal(RefusalReason.StaleRevision, stale.Refusal!.Reason);
        Assert.Equal("Element shop:s1 is at revision 2; event 'command-7' expects 1. Read it again and decide anew.", stale.Refusal.Message);
        Assert.Equal(Outcome.Applied, fresh.Outcome);
    }

    [Fact]
    public void Apply_ToAnotherElement_IsAFaultOfTheCaller() =>
        Assert.Throws<ArgumentException>(() => Apply(ElementState.Unknown(Building), Registered(Shop)));

    [Fact]
    public void Apply_AfterRetirement_RefusesAllButANewRegistration()
    {
        var retired = Fold(Shop, Registered(Shop), Event(Shop, "element-retired", NoData.Instance, 1));

        var refused = Apply(retired, Observed(Shop, 2, (Area, Value.Of(1.0))));
        var back = Apply(retired, Registered(Shop, 3));

        Assert.True(retired.IsRetired);
        Assert.Equal(RefusalReason.ElementRetired, refused.Refusal!.Reason);
        Assert.Equal((Outcome.Applied, false), (back.Outcome, back.State.IsRetired));
    }

    [Fact]
    public void Apply_SeveralChanges_KeepsTheLastOnesInTheTimeline()
    {
        var kept = SmallPackage.Instance.FindKind("shop")!.HistoryLength;

        var state = Fold(Shop, [Registered(Shop), .. Enumerable.Range(1, kept + 5).Select(hour => Observed(Shop, hour, (Area, Value.Of(10.0 * hour))))]);

        Assert.Equal(kept, state.Changes.Length);
        Assert.Equal([Area], state.Changes[^1].Attributes);
        Assert.Equal((At(kept + 5), "attributes-observed"), (state.Changes[^1].Time, state.Changes[^1].Type));
        Assert.True(state.Changes[^1].ScoreAfter > state.Changes[^1].ScoreBefore);
    }

    [Fact]
    public void Record_OfAnElement_AnswersEveryQueryableOfItsKind()
    {
        var kind = SmallPackage.Instance.FindKind("shop")!;
        var state = Fold(Shop, Registered(Shop, 0, (Area, Value.Of(200.0))), Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 1));

        var record = new ElementRecord(SmallPackage.Instance, kind, state, At(25));
        var risk = 100 * ElementRisk.RiskAt(SmallPackage.Instance, state, At(25));

        Assert.Equal("shop:s1", record[kind.Schema.OrdinalOf("id")].Text);
        Assert.Equal("shop", record[kind.Schema.OrdinalOf("kind")].Text);
        Assert.Equal(risk, record[kind.Schema.OrdinalOf("risk")].Number);
        Assert.Equal(risk, record[kind.Schema.OrdinalOf("risk.safety")].Number, 1e-9);
        Assert.True(record[kind.Schema.OrdinalOf("risk.order")].Number < risk);
        Assert.Equal("B", record[kind.Schema.OrdinalOf("band")].Text);
        Assert.Equal(risk * 0.4, record[kind.Schema.OrdinalOf("priority")].Number, 1e-9);
        Assert.Equal(2, record[kind.Schema.OrdinalOf("revision")].Integer);
        Assert.Equal(200.0, record[kind.Schema.OrdinalOf("area")].Number);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(At(1)).UtcTicks, record[kind.Schema.OrdinalOf("changed")].Integer);
        Assert.All(Enumerable.Range(0, kind.Properties.Length), ordinal => Assert.True(record[ordinal].Kind >= ValueKind.Null));
    }

    [Fact]
    public void Explain_AnElement_AddsUpToItsScore()
    {
        var state = Fold(Shop, Registered(Shop), Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 1), Evidence(Shop, SmallPackage.CitizenComplaint, 0.1, 1, 2));

        var explanation = ElementRisk.Explain(SmallPackage.Instance, state, At(3));

        Assert.Equal(100 * ElementRisk.RiskAt(SmallPackage.Instance, state, At(3)), explanation.Terms.Sum(term => term.Points), 1e-9);
        Assert.Equal(3, explanation.Terms.Length);
    }

    [Fact]
    public void RiskAt_ElementsOfTwoKindsWithoutAttributes_HasTheBaseLoadOfEachKind()
    {
        // Both share the empty profile: what was worked out for one must not be taken for the other.
        var shop = Fold(Shop, Registered(Shop), Evidence(Shop, SmallPackage.CitizenComplaint, 0.1, 1, 1));
        var building = Fold(Building, Registered(Building), Evidence(Building, SmallPackage.CitizenComplaint, 0.1, 1, 1));

        Assert.Equal(1 - ((1 - 0.0525) * 0.9), ElementRisk.RiskAt(SmallPackage.Instance, shop, At(1)), 1e-12);
        Assert.Equal(1 - ((1 - 0.005) * 0.9), ElementRisk.RiskAt(SmallPackage.Instance, building, At(1)), 1e-12);
    }
}
