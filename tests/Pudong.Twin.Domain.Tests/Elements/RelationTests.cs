using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class RelationTests
{
    [Fact]
    public void Apply_ARelation_IsKnownAtBothEndsOnceItsMirrorHasArrived()
    {
        var city = new TestCity(SmallPackage.Instance);
        city.Send([Registered(Shop), Registered(Building), Related(Shop, SmallPackage.LocatedIn, Building, 1)], new Random(1));

        var owned = Assert.Single(city[Shop].Relations);
        var mirrored = Assert.Single(city[Building].Relations);

        Assert.Equal((Building, SmallPackage.LocatedIn, true, At(1)), (owned.Other, owned.Kind, owned.IsOwner, owned.Since));
        Assert.Equal((Shop, SmallPackage.LocatedIn, false, At(1)), (mirrored.Other, mirrored.Kind, mirrored.IsOwner, mirrored.Since));
    }

    [Fact]
    public void Apply_ARelationThatCarriesRisk_TellsTheOtherEndOfItBeforeAnythingElse()
    {
        var shop = Fold(Shop, Registered(Shop), Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 1));

        var effects = Apply(shop, Related(Shop, SmallPackage.LocatedIn, Building, 2)).Effects.Cast<DerivedEvent>().ToArray();

        Assert.Equal(["relation-mirrored", "influence-changed"], effects.Select(effect => effect.Type));
        Assert.All(effects, effect => Assert.Equal(Building, effect.Target));
    }

    [Fact]
    public void Apply_ARelationToAnUnknownElement_DanglesUntilItIsRegistered()
    {
        var city = new TestCity(SmallPackage.Instance);
        city.Send([Registered(Shop), Related(Shop, SmallPackage.LocatedIn, Building)], new Random(1));
        var dangling = city[Building];

        city.Send([Registered(Building, 5)], new Random(2));

        Assert.Equal((false, true, 1), (dangling.IsRegistered, dangling.IsDangling, dangling.Relations.Length));
        Assert.Equal((true, false, 1), (city[Building].IsRegistered, city[Building].IsDangling, city[Building].Relations.Length));
    }

    [Fact]
    public void Apply_TheEndOfARelation_KeepsItAsHistoryAtBothEnds()
    {
        var city = new TestCity(SmallPackage.Instance);
        city.Send(
            [Registered(Shop), Registered(Building), Related(Shop, SmallPackage.LocatedIn, Building, 1), Unrelated(Shop, SmallPackage.LocatedIn, Building, 9)], new Random(3));

        Assert.All([city[Shop], city[Building]], state =>
        {
            Assert.Empty(state.Relations);
            var ended = Assert.Single(state.EndedRelations);
            Assert.Equal((At(1), At(9)), (ended.Relation.Since, ended.Until));
        });
    }

    [Fact]
    public void Apply_ABeginningThatArrivesAfterItsEnd_StaysEnded()
    {
        var state = Fold(Shop, Registered(Shop), Unrelated(Shop, SmallPackage.LocatedIn, Building, 9), Related(Shop, SmallPackage.LocatedIn, Building, 1));

        Assert.Empty(state.Relations);
    }

    [Fact]
    public void Apply_ANewBeginningAfterAnEnd_BeginsAgain()
    {
        var state = Fold(
            Shop, Registered(Shop), Related(Shop, SmallPackage.LocatedIn, Building, 1), Unrelated(Shop, SmallPackage.LocatedIn, Building, 9), Related(Shop, SmallPackage.LocatedIn, Building, 10));

        Assert.Equal(At(10), Assert.Single(state.Relations).Since);
    }

    [Fact]
    public void Apply_MoreRelationsThanAllowed_RefusesTheNext()
    {
        var limit = SmallPackage.Instance.Relations[SmallPackage.Adjoins].Limit;
        var full = Fold(Shop, [Registered(Shop), .. Enumerable.Range(0, limit).Select(i => Related(Shop, SmallPackage.Adjoins, ElementId.Of("shop", $"n{i}")))]);

        var refused = Apply(full, Related(Shop, SmallPackage.Adjoins, NextDoor));

        Assert.Equal(RefusalReason.TooManyRelations, refused.Refusal!.Reason);
    }

    [Fact]
    public void Apply_Retirement_EndsRelationsWhoeverOwnsThemAndTheInfluenceOverThem()
    {
        var city = new TestCity(SmallPackage.Instance);
        var chance = new Random(4);
        city.Send(
        [
            Registered(Shop), Registered(NextDoor), Registered(Building),
            Related(Shop, SmallPackage.LocatedIn, Building), Related(NextDoor, SmallPackage.Adjoins, Shop),
            Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 1),
        ], chance);
        Assert.NotEmpty(city[Building].Risk.Labels);
        Assert.NotEmpty(city[NextDoor].Risk.Labels);

        city.Send([Event(Shop, "element-retired", NoData.Instance, 2)], chance);

        Assert.All([city[Shop], city[NextDoor], city[Building]], state => Assert.Empty(state.Relations));
        Assert.All([city[NextDoor], city[Building]], state => Assert.Empty(state.Risk.Labels));
    }
}
