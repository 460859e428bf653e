using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class PackageActivationTests
{
    [Fact]
    public void Apply_ThePackageItIsUnder_LeavesTheElementAlone()
    {
        var state = ElementStateCodecTests.Rich();

        var transition = new PackageActivation(SmallPackage.Instance, new ModelPackage(SmallPackage.Content(1)), state.Clock).Apply(state);

        Assert.Equal((Outcome.Late, 0), (transition.Outcome, transition.Effects.Length));
        Assert.Same(state, transition.State);
    }

    [Fact]
    public void Apply_AnotherHalfLife_KeepsTheScoreOfTheActivationAndDecaysAnewFromThere()
    {
        var state = Fold(Shop, Registered(Shop), Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 0));
        var slower = WithRisk(risk => risk with { Types = [.. risk.Types.Select(type => type with { HalfLifeHours = 2 * type.HalfLifeHours })] });

        var changed = new PackageActivation(SmallPackage.Instance, slower, At(24)).Apply(state).State;

        Assert.Equal(ElementRisk.RiskAt(SmallPackage.Instance, state, At(24)), ElementRisk.RiskAt(slower, changed, At(24)), 1e-12);
        Assert.Equal(ElementRisk.RiskAt(SmallPackage.Instance, state, At(48)), ElementRisk.RiskAt(slower, changed, At(72)), 1e-12);
    }

    [Fact]
    public void Apply_AttributesInAnotherOrder_MovesThemByNameAndEndsThoseThatAreGone()
    {
        var state = Fold(Shop, Registered(Shop, 0, (Industry, Value.Of("retail")), (Area, Value.Of(200.0)), (5, Value.OfDay(738_000))));
        var content = SmallPackage.Content(2);
        var package = new ModelPackage(content with { Kinds = [.. content.Kinds.Select(kind => kind.Name == "shop" ? Reordered(kind) : kind)] });

        var changed = new PackageActivation(SmallPackage.Instance, package, At(1)).Apply(state);
        var kind = package.FindKind("shop")!;

        Assert.Equal((Outcome.Applied, state.Revision + 1), (changed.Outcome, changed.State.Revision));
        Assert.Equal("retail", changed.State.AttributeAt(kind.AttributeOf("industry")).Text);
        Assert.Equal(200.0, changed.State.AttributeAt(kind.AttributeOf("area")).Number);
        Assert.Equal(2, changed.State.Attributes.Length);
    }

    [Fact]
    public void Activate_OtherCouplings_EndsInTheInfluenceThatTheyWouldAlwaysHaveHad()
    {
        var stronger = WithRisk(risk => risk with
        {
            Couplings = new CouplingTable([.. risk.Couplings.Couplings.Select(coupling => coupling with { Share = coupling.RelationKind == SmallPackage.Adjoins ? 0.6 : 0.2 })]),
        });
        for (var seed = 0; seed < 20; seed++)
        {
            var chance = new Random(seed);
            var (live, always) = (new TestCity(SmallPackage.Instance), new TestCity(stronger));
            TwinEvent[] events =
            [
                Registered(Shop), Registered(NextDoor), Registered(Building),
                Related(Shop, SmallPackage.LocatedIn, Building), Related(NextDoor, SmallPackage.LocatedIn, Building), Related(Shop, SmallPackage.Adjoins, NextDoor),
                Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 1), Evidence(Building, SmallPackage.FireExitBlocked, 0.2, 0.8, 2),
            ];
            live.Send(events, chance);
            always.Send(events, chance);

            live.Activate(stronger, At(3));
            live.Settle(chance);

            Assert.All([Shop, NextDoor, Building], id => Assert.True(
                Math.Abs(always.RiskAt(id, At(3)) - live.RiskAt(id, At(3))) < 1e-9, $"{id}, seed {seed}: {live.RiskAt(id, At(3))} instead of {always.RiskAt(id, At(3))}."));
        }
    }

    private static ModelPackage WithRisk(Func<RiskParameters, RiskParameters> change)
    {
        var content = SmallPackage.Content(2);
        return new ModelPackage(content with { Risk = change(content.Risk) });
    }

    private static ElementKind Reordered(ElementKind kind) => new(
        kind.Name,
        RiskDomain.StandardNames,
        [.. ElementProperty.CommonAttributes, kind.Attributes[Area] with { Ordinal = 2 }, kind.Attributes[Industry] with { Ordinal = 3 }],
        kind.Readings)
    {
        Consequence = kind.Consequence,
        BaseLoad = kind.BaseLoad,
    };
}
