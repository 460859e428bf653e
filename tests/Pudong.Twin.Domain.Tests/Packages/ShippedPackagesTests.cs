using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Packages;

public sealed class ShippedPackagesTests
{
    private static readonly ModelPackage Core = ShippedPackages.Core;

    [Fact]
    public void Read_EachShippedPackage_HasNoErrors()
    {
        Assert.Equal(["pudong.core", "pudong.street"], ShippedPackages.Names);
        Assert.All(ShippedPackages.Names, name => Assert.Empty(PackageReader.Read(ShippedPackages.SourceOf(name), ShippedPackages.Find).Errors));
    }

    [Fact]
    public void Load_AnUnknownPackage_NamesThoseThereAre() =>
        Assert.StartsWith("The product ships no package 'pudong.cor'; expected one of pudong.core, pudong.street.", Assert.Throws<ArgumentException>(() => ShippedPackages.Load("pudong.cor")).Message, StringComparison.Ordinal);

    [Fact]
    public void Core_OfTheKinds_DeclaresThoseOfTheDistrict() =>
        Assert.Equal(["building", "district", "enterprise", "sensor", "town", "village"], Core.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal));

    // RISK-MODEL.md, section 12.
    [Theory]
    [InlineData(0, "gas_alarm", 0, 0.60, 24, EvidenceMode.Max, 3, 0.10)]
    [InlineData(1, "smoke_alarm", 0, 0.45, 24, EvidenceMode.Max, 3, 0.10)]
    [InlineData(2, "fire_exit_blocked", 0, 0.20, 168, EvidenceMode.Add, 1.5, 0.10)]
    [InlineData(3, "fire_water_pressure_low", 0, 0.25, 72, EvidenceMode.Max, 1, 0)]
    [InlineData(4, "inspection_failed", 0, 0.35, 4_320, EvidenceMode.Add, 2, 0.30)]
    [InlineData(5, "device_silent", 0, 0.10, 48, EvidenceMode.Max, 0.5, 0)]
    [InlineData(6, "ponding_level", 1, 0.50, 6, EvidenceMode.Max, 2, 0)]
    [InlineData(7, "pm25_exceedance", 1, 0.15, 12, EvidenceMode.Max, 0.5, 0)]
    [InlineData(8, "crossing_door_line", 2, 0.10, 720, EvidenceMode.Add, 1, 0.20)]
    [InlineData(9, "street_stall", 2, 0.15, 720, EvidenceMode.Add, 1, 0.20)]
    [InlineData(10, "citizen_complaint", 2, 0.05, 720, EvidenceMode.Add, 1, 0.10)]
    [InlineData(11, "overdue_case", 2, 0.10, 336, EvidenceMode.Add, 0.5, 0)]
    [InlineData(12, "abnormal_list", 3, 0.25, 8_760, EvidenceMode.Max, 1, 0.20)]
    [InlineData(13, "address_unreachable", 3, 0.20, 8_760, EvidenceMode.Max, 1, 0.20)]
    [InlineData(14, "admin_penalty", 3, 0.30, 4_380, EvidenceMode.Add, 1.5, 0.50)]
    [InlineData(15, "unpermitted_operation_suspected", 3, 0.40, 1_440, EvidenceMode.Max, 1, 0.20)]
    [InlineData(16, "wage_or_prepaid_complaint", 3, 0.15, 2_160, EvidenceMode.Add, 1.5, 0.20)]
    [InlineData(17, "care_incident", 4, 0.40, 2_160, EvidenceMode.Add, 2, 0.30)]
    public void Core_OfTheEvidence_IsTheTableOfTheRiskModel(int index, string name, int domain, double severity, double halfLife, EvidenceMode mode, double cap, double residual)
    {
        var type = Core.Risk.Find((ushort)index)!;

        Assert.Equal((name, domain, severity, halfLife), (type.Name, type.Domain.Index, type.Severity, type.HalfLifeHours));
        Assert.Equal((mode, cap, residual), (type.Mode, type.Cap, type.Residual));
        Assert.Equal(18, Core.Risk.Types.Length);
    }

    [Fact]
    public void Core_OfTheCouplings_IsTheListOfTheRiskModel()
    {
        string[] couplings =
        [
            "adjoins FromOwner 0 0.3", "adjoins ToOwner 0 0.3", "borders FromOwner 1 0.3", "borders FromOwner 2 0.1", "borders ToOwner 1 0.3", "borders ToOwner 2 0.1",
            "drainsTo FromOwner 1 0.5", "locatedIn FromOwner 0 0.4", "locatedIn ToOwner 0 0.5", "sameOwner FromOwner 0 0.2", "sameOwner FromOwner 3 0.5",
            "sameOwner ToOwner 0 0.2", "sameOwner ToOwner 3 0.5", "supplies FromOwner 3 0.2",
        ];

        Assert.Equal(
            couplings,
            Core.Risk.Couplings.Couplings.Select(one => FormattableString.Invariant($"{Core.Relations[one.RelationKind].Name} {one.Direction} {one.Domain.Index} {one.Share}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_OfTheNumbers_HasNoMistakes()
    {
        Assert.Empty(Core.Risk.Mistakes());
        Assert.All(Core.Kinds, kind => Assert.Empty(kind.BaseLoad.Mistakes()));
    }

    [Theory]
    [InlineData("district", 0.6)]
    [InlineData("town", 0.6)]
    [InlineData("village", 0.6)]
    [InlineData("building", 0.6)]
    [InlineData("enterprise", 0.4)]
    [InlineData("sensor", 0.2)]
    public void Core_OfTheConsequences_FollowsTheKind(string kind, double consequence) =>
        Assert.Equal(consequence, Core.FindKind(kind)!.Consequence.Standard.Value);

    [Fact]
    public void Core_OfTheConsequences_FollowsTheExposure() =>
        Assert.Equal((0.8, 1.0), (Core.FindKind("enterprise")!.Consequence.Of("high-risk").Value, Core.FindKind("building")!.Consequence.Of("care").Value));

    [Fact]
    public void Core_EverySensorFinding_GivesEvidenceToItsHost() =>
        Assert.All(
            Core.FindKind("sensor")!.Readings.SelectMany(reading => reading.Thresholds.Select(threshold => threshold.Gives).Append(reading.SilenceGives)).OfType<EvidenceGiven>(),
            given => Assert.Equal(Core.FindRelation("monitors")!.Index, given.Along));

    [Fact]
    public void Street_OfEnforcement_RefusesThePenaltyWithoutReviews()
    {
        var type = ShippedPackages.Load("pudong.street").FindCaseType("offsite-enforcement")!;

        Assert.NotNull(type.Find(null, "violation-detected"));
        Assert.Null(type.Find("evidence-review", "penalty-decided"));
        Assert.Equal("decided", type.Find("statement-period", "penalty-decided")!.To);
        Assert.Equal(CaseStateRole.Penalty, type.States.Single(state => state.Name == "decided").Role);
    }
}
