using System.Collections.Immutable;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Grains.Elements;

/// <summary>An enterprise or a self-employed person's business.</summary>
/// <param name="parts">What all elements of the silo work with.</param>
[GrainType("enterprise")]
public sealed class EnterpriseGrain(ElementParts parts) : ElementGrain(parts), IEnterpriseGrain
{
    /// <inheritdoc/>
    public async ValueTask<SupervisionProfile?> Supervision(CancellationToken cancellationToken = default)
    {
        var (state, package) = await Current(cancellationToken);
        if (!state.IsRegistered)
        {
            return null;
        }

        var time = Moment(null);
        var band = BandRule.BandAt(package.Risk, ElementRisk.BaseLoad(package, state).Amount, state.Risk, time);
        return new SupervisionProfile(
            band.ToString()[0],
            100 * ElementRisk.RiskAt(package, state, time),
            [.. state.OpenCases.Select(open => open.Case)],
            Related.Of(package, state, "locatedIn", asOwner: true));
    }
}

/// <summary>A building.</summary>
/// <param name="parts">What all elements of the silo work with.</param>
[GrainType("building")]
public sealed class BuildingGrain(ElementParts parts) : ElementGrain(parts), IBuildingGrain
{
    /// <inheritdoc/>
    public async ValueTask<Occupancy?> Occupancy(CancellationToken cancellationToken = default)
    {
        var (state, package) = await Current(cancellationToken);
        return state.IsRegistered
            ? new Occupancy(Related.Of(package, state, "locatedIn", asOwner: false), Related.Of(package, state, "monitors", asOwner: false))
            : null;
    }
}

/// <summary>A villagers' or residents' committee and its area.</summary>
/// <param name="parts">What all elements of the silo work with.</param>
[GrainType("village")]
public sealed class VillageGrain(ElementParts parts) : ElementGrain(parts), IVillageGrain;

/// <summary>A sensor.</summary>
/// <param name="parts">What all elements of the silo work with.</param>
[GrainType("sensor")]
public sealed class SensorGrain(ElementParts parts) : ElementGrain(parts), ISensorGrain
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ReadingView>> Readings(CancellationToken cancellationToken = default)
    {
        var (state, package) = await Current(cancellationToken);
        var time = Moment(null);
        return state.IsRegistered && package.FindKind(state.Id.Kind) is { } kind
            ? [.. kind.Readings.Select(definition => ReadingViews.Of(definition, state.ReadingAt(definition.Ordinal), time))]
            : [];
    }
}

/// <summary>An element of a kind that a package adds and nobody gave behaviour of its own.</summary>
/// <param name="parts">What all elements of the silo work with.</param>
[GrainType(ElementGrainIds.Generic)]
public sealed class GenericElementGrain(ElementParts parts) : ElementGrain(parts), IGenericElementGrain;

/// <summary>Finds the elements at the other ends of relations.</summary>
internal static class Related
{
    /// <summary>The other ends of an element's relations of one kind.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element.</param>
    /// <param name="relation">The relation kind's name; one that the package does not have gives nothing.</param>
    /// <param name="asOwner">Whether the element owns the relations, or is their target.</param>
    public static ImmutableArray<ElementId> Of(ModelPackage package, ElementState state, string relation, bool asOwner) =>
        package.FindRelation(relation) is { } kind
            ? [.. state.Relations.Where(found => found.Kind == kind.Index && found.IsOwner == asOwner).Select(found => found.Other)]
            : [];
}
