using System.Collections.Immutable;
using Orleans.Concurrency;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Contracts.Elements;

/// <summary>An enterprise or a self-employed person's business; its key is the unified social credit code.</summary>
[Alias("pudong.enterprise"), GrainInterfaceType("pudong.enterprise")]
public interface IEnterpriseGrain : IElementGrain
{
    /// <summary>How the enterprise is to be supervised: the class A to D that its band gives, the cases open about it, where it does business.</summary>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    /// <returns>The profile; null when the enterprise was never registered.</returns>
    [Alias("supervision"), AlwaysInterleave]
    ValueTask<SupervisionProfile?> Supervision(CancellationToken cancellationToken = default);
}

/// <summary>A building; its key is the building code. Its occupants are enterprises and shops, never persons.</summary>
[Alias("pudong.building"), GrainInterfaceType("pudong.building")]
public interface IBuildingGrain : IElementGrain
{
    /// <summary>The premises in the building and the devices that watch it.</summary>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    /// <returns>The occupancy; null when the building was never registered.</returns>
    [Alias("occupancy"), AlwaysInterleave]
    ValueTask<Occupancy?> Occupancy(CancellationToken cancellationToken = default);
}

/// <summary>A villagers' or residents' committee and its area; its key is the committee's 12-digit code.</summary>
[Alias("pudong.village"), GrainInterfaceType("pudong.village")]
public interface IVillageGrain : IElementGrain;

/// <summary>A sensor; its key is the device number.</summary>
[Alias("pudong.sensor"), GrainInterfaceType("pudong.sensor")]
public interface ISensorGrain : IElementGrain
{
    /// <summary>The readings with their window, state and silence.</summary>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    /// <returns>One entry a reading; empty when the sensor was never registered.</returns>
    [Alias("readings"), AlwaysInterleave]
    ValueTask<ImmutableArray<ReadingView>> Readings(CancellationToken cancellationToken = default);
}

/// <summary>An element of a kind that a package adds; its key is the whole id.</summary>
[Alias("pudong.generic-element"), GrainInterfaceType("pudong.generic-element")]
public interface IGenericElementGrain : IElementGrain;

/// <summary>How an enterprise is to be supervised.</summary>
/// <param name="Class">The class A to D by its present band (DOMAIN.md, section 2, double evaluation).</param>
/// <param name="Score">The risk score, 0 to 100.</param>
/// <param name="OpenCases">Ids of the open cases about it.</param>
/// <param name="Premises">Where it does business: the elements that it is located in.</param>
[GenerateSerializer, Immutable, Alias("pudong.supervision-profile")]
public sealed record SupervisionProfile(
    [property: Id(0)] char Class, [property: Id(1)] double Score, [property: Id(2)] ImmutableArray<string> OpenCases, [property: Id(3)] ImmutableArray<ElementId> Premises);

/// <summary>Who and what is in a building.</summary>
/// <param name="Premises">The elements located in it.</param>
/// <param name="Devices">The sensors that monitor it.</param>
[GenerateSerializer, Immutable, Alias("pudong.occupancy")]
public sealed record Occupancy([property: Id(0)] ImmutableArray<ElementId> Premises, [property: Id(1)] ImmutableArray<ElementId> Devices);

/// <summary>What a sensor knows of one quantity.</summary>
/// <param name="Reading">The reading's name.</param>
/// <param name="Unit">Its unit in UCUM.</param>
/// <param name="Last">The last value; null when there was none.</param>
/// <param name="Time">When the last value was measured, in Unix milliseconds; null when there was none.</param>
/// <param name="Minimum">The smallest value in the window; null of none.</param>
/// <param name="Maximum">The largest value in the window; null of none.</param>
/// <param name="Mean">The mean over the window; null of none.</param>
/// <param name="State">normal, suspect, alarm, silent or faulty.</param>
[GenerateSerializer, Immutable, Alias("pudong.reading-view")]
public sealed record ReadingView(
    [property: Id(0)] string Reading,
    [property: Id(1)] string Unit,
    [property: Id(2)] double? Last,
    [property: Id(3)] long? Time,
    [property: Id(4)] double? Minimum,
    [property: Id(5)] double? Maximum,
    [property: Id(6)] double? Mean,
    [property: Id(7)] string State);
