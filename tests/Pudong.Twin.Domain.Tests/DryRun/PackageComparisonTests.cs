using Pudong.Twin.Domain.DryRun;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.DryRun;

public sealed class PackageComparisonTests
{
    private static readonly TwinEvent[] Recorded =
    [
        Registered(Shop), Registered(NextDoor), Registered(Building), Registered(Sensor),
        Related(Shop, SmallPackage.LocatedIn, Building), Related(Shop, SmallPackage.Adjoins, NextDoor), Related(Sensor, SmallPackage.Monitors, Shop),
        Reading(Sensor, 0, 50, 1), Reading(Sensor, 0, 50, 1.1), Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 2), Case(Shop, "case-opened", "c1", 2),
        Observed(Shop, 3, (77, Value.Of(1.0))),
    ];

    [Fact]
    public void Of_TheSamePackage_ReportsNothing()
    {
        var same = new ModelPackage(SmallPackage.Content(1));

        var comparison = PackageComparison.Of(new Replay(SmallPackage.Instance).Fold(Recorded), new Replay(same).Fold(Recorded));

        Assert.True(comparison.IsEmpty);
    }

    [Fact]
    public void Of_AMilderPackage_ListsTheBandsThatFall()
    {
        var content = SmallPackage.Content(2);
        var milder = new ModelPackage(content with
        {
            Risk = content.Risk with { Types = [.. content.Risk.Types.Select(type => type.Index == SmallPackage.GasAlarm ? type with { Cap = 0.05 } : type)] },
        });

        var comparison = PackageComparison.Of(new Replay(SmallPackage.Instance).Fold(Recorded), new Replay(milder).Fold(Recorded));

        Assert.Equal(
            [(Shop, RiskBand.C, RiskBand.B), (NextDoor, RiskBand.B, RiskBand.A)],
            comparison.Elements.Where(element => element.Id != Building).Select(element => (element.Id, element.Before!.Value.Band, element.After!.Value.Band)));
        Assert.Empty(comparison.Evidence);
        Assert.Empty(comparison.Refusals);
    }

    [Fact]
    public void Of_APackageWithHigherThresholds_CountsTheEvidenceThatIsGone()
    {
        var content = SmallPackage.Content(2);
        var deaf = new ModelPackage(content with { Kinds = [.. content.Kinds.Select(kind => kind.Name == "sensor" ? Deafened(kind) : kind)] });

        var comparison = PackageComparison.Of(new Replay(SmallPackage.Instance).Fold(Recorded), new Replay(deaf).Fold(Recorded));

        Assert.Equal([new CountDifference("gas_alarm", 1, 0)], comparison.Evidence);
    }

    private static ElementKind Deafened(ElementKind kind) => new(
        kind.Name, RiskDomain.StandardNames, kind.Attributes, [.. kind.Readings.Select(reading => reading with { Thresholds = [] })]);
}
