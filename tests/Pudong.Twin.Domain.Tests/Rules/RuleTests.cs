using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Rules;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Syntax;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Rules;

public sealed class RuleTests
{
    private static readonly ElementState Registered = Fold(Shop, Sample.Registered(Shop, 0, (Area, Value.Of(100.0))));

    [Fact]
    public void Apply_AConditionOverTheEvent_LetsItsConsequencesHappenInOrder()
    {
        var package = With(type => [Rule(type, "complaint", "event.weight > 0.5", [
            new GiveEvidence(SmallPackage.CitizenComplaint, Formula(type, "event.weight")),
            new ChangeAttributeValue(Industry, Formula(type, "'catering'")),
            new RequestCase("grid-case"),
        ])]);

        var strong = Kernel.Apply(package, Registered, Complaint(0.8));
        var weak = Kernel.Apply(package, Registered, Complaint(0.2));

        Assert.Equal(0.08, 1 - Math.Exp(-strong.State.Risk.Loads[0].Amount), 1e-12);
        Assert.Equal("catering", strong.State.AttributeAt(Industry).Text);
        Assert.Equal(new CaseRequested(Shop, "grid-case", "complaint", At(1)), Assert.Single(strong.Effects));
        Assert.Empty(weak.State.Risk.Loads);
        Assert.Equal(Outcome.Applied, weak.Outcome);
    }

    [Theory]
    [InlineData("area < 200 AND industry IS NULL", true)]
    [InlineData("area > 200", false)]
    [InlineData("risk < 20 AND band = 'A'", true)]
    [InlineData("revision = 1 AND openCases = 0", true)]
    [InlineData("event.channel = 'hotline' AND event.time < TIMESTAMP('2100-01-01T00:00:00Z')", true)]
    public void Apply_AConditionOverTheElement_SeesItAsItNowIs(string condition, bool holds)
    {
        var package = With(type => [Rule(type, "asked", condition, [new RequestCase("grid-case")])]);

        Assert.Equal(holds ? 1 : 0, Kernel.Apply(package, Registered, Complaint(0.8)).Effects.Length);
    }

    [Fact]
    public void Apply_ALaterRule_SeesWhatAnEarlierOneDidRiskIncluded()
    {
        var package = With(type =>
        [
            Rule(type, "first", null, [new GiveEvidence(SmallPackage.GasAlarm, Formula(type, "1")), new ChangeAttributeValue(Area, Formula(type, "900"))]),
            Rule(type, "second", "risk > 55 AND area = 900", [new RequestCase("grid-case")]),
        ]);

        Assert.Single(Kernel.Apply(package, Registered, Complaint(0.8)).Effects);
    }

    [Fact]
    public void Apply_EvidenceAlongARelation_ReachesItsTargets()
    {
        var package = With(type => [Rule(type, "spread", null, [new GiveEvidence(SmallPackage.GasAlarm, Formula(type, "0.5")) { Along = SmallPackage.LocatedIn }])]);
        var located = Fold(package, Shop, Sample.Registered(Shop), Related(Shop, SmallPackage.LocatedIn, Building));

        var effect = Assert.IsType<DerivedEvent>(Assert.Single(Kernel.Apply(package, located, Complaint(0.8)).Effects));

        Assert.Equal((Building, "evidence-observed"), (effect.Target, effect.Type));
    }

    [Fact]
    public void Apply_ARelationByRule_BeginsAndTellsTheOtherEnd()
    {
        var package = With(type => [Rule(type, "relate", null, [new ChangeRelation(SmallPackage.LocatedIn, Formula(type, "event.summary"), Added: true)])]);

        var related = Kernel.Apply(package, Registered, Complaint(0.8, "building:b1"));
        var broken = Kernel.Apply(package, Registered, Complaint(0.8, "not an id"));

        Assert.Equal(Building, Assert.Single(related.State.Relations).Other);
        Assert.Equal(RefusalReason.RuleValueInvalid, broken.Refusal!.Reason);
    }

    [Fact]
    public void Apply_ANullAmongTheValues_LeavesTheConsequenceOut()
    {
        var package = With(type => [Rule(type, "unknown", null, [new GiveEvidence(SmallPackage.CitizenComplaint, Formula(type, "event.count"))])]);

        Assert.Empty(Kernel.Apply(package, Registered, Complaint(0.8)).State.Risk.Loads);
    }

    [Fact]
    public void Apply_AConfidenceThatCannotBe_RefusesTheWholeEventAndNamesTheRule()
    {
        var package = With(type => [Rule(type, "too-sure", null, [new RequestCase("grid-case"), new GiveEvidence(SmallPackage.CitizenComplaint, Formula(type, "event.weight + 1"))])]);

        var refused = Kernel.Apply(package, Registered, Complaint(0.8));

        Assert.Equal(RefusalReason.RuleValueInvalid, refused.Refusal!.Reason);
        Assert.Equal("Rule 'too-sure' of package test.small/1 gives evidence 'citizen_complaint' severity 0.1 and confidence 1.8; expected 0 to 0.99 and 0 to 1.", refused.Refusal.Message);
        Assert.Same(Registered, refused.State);
        Assert.Empty(refused.Effects);
    }

    [Fact]
    public void Apply_RulesThatSetEachOtherOff_EndsWithANamedRefusal()
    {
        var package = With(type => [Rule(type, "echo", null, [new RaiseEvent("complaint-received", [new RaisedField(2, Formula(type, "event.weight"))])])]);

        var refused = Kernel.Apply(package, Registered, Complaint(0.8));

        Assert.Equal(RefusalReason.RulesTooDeep, refused.Refusal!.Reason);
        Assert.Equal("Rule 'echo' of package test.small/1 raises 'complaint-received' after 8 rules that set each other off; break the circle.", refused.Refusal.Message);
    }

    [Fact]
    public void Apply_ACircleThatDiesOut_IsNoCircle()
    {
        var package = With(type => [Rule(type, "echo", "event.weight > 0.1",
            [new GiveEvidence(SmallPackage.CitizenComplaint, Formula(type, "event.weight")), new RaiseEvent("complaint-received", [new RaisedField(2, Formula(type, "event.weight / 2"))])])]);

        var state = Kernel.Apply(package, Registered, Complaint(0.8)).State;

        Assert.Equal(3u, state.Risk.Loads[0].Pieces);
    }

    [Fact]
    public void Apply_ARuleThatRaisesWhatOnlyAPersonMaySend_IsRefused()
    {
        var person = new EventType("penalty-decided", EventAction.None) { PersonOnly = true };
        var package = With(type => [Rule(type, "robot", null, [new RaiseEvent("penalty-decided", [])])], person);

        var refused = Kernel.Apply(package, Registered, Complaint(0.8));

        Assert.Equal(RefusalReason.NotForRules, refused.Refusal!.Reason);
        Assert.Equal("Rule 'robot' of package test.small/1 raises 'penalty-decided', which only a person may send; raise an event type of the package that rules may send.", refused.Refusal.Message);
    }

    private static TwinEvent Complaint(double weight, string? summary = null) => Event(Shop, "complaint-received", new FieldData(
        [Value.Of("hotline"), Value.Of(summary), Value.Of(weight), Value.Null, Value.Null, Value.Null, Value.Null, Value.Null]), 1);

    private static ModelPackage With(Func<EventType, ImmutableArray<Rule>> rules, params EventType[] more)
    {
        var content = SmallPackage.Content(1);
        var type = SmallPackage.ComplaintReceived with
        {
            RulesByKind = new Dictionary<string, ImmutableArray<Rule>> { ["shop"] = rules(SmallPackage.ComplaintReceived) }.ToFrozenDictionary(),
        };
        return new ModelPackage(content with { EventTypes = [.. BuiltInEvents.All, type, .. more] });
    }

    private static Rule Rule(EventType type, string name, string? condition, ImmutableArray<Consequence> then) =>
        new(name, condition is null ? null : Filter.Parse(condition, SchemaOf(type)), then);

    private static Formula Formula(EventType type, string text) => Query.Evaluation.Formula.Bind(Cql2Text.Parse(text), SchemaOf(type));

    private static Query.Schemas.Schema SchemaOf(EventType type) => RuleSchema.Of(SmallPackage.Instance.FindKind("shop")!, type);
}
