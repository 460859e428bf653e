using System.Collections.Concurrent;
using Pudong.Twin.Contracts.Partitions;

namespace Pudong.Twin.Grains.Placement;

/// <summary>Where partitions ought to live, and where this silo knows them to live. One for each silo.</summary>
/// <remarks>
/// Partitions spread by rendezvous hashing: each goes to the silo whose hash together with its number is greatest, so a silo that comes or goes moves only those
/// partitions that it gains or leaves. What is known of them is forgotten whenever the membership changes.
/// </remarks>
public sealed class PartitionHomes : ISiloStatusListener
{
    private readonly ConcurrentDictionary<int, SiloAddress> _known = [];
    private readonly IGrainFactory _grains;
    private readonly ISiloStatusOracle _silos;

    /// <summary>Begins to follow the membership.</summary>
    /// <param name="grains">Reaches partitions.</param>
    /// <param name="silos">Knows the silos of the cluster.</param>
    public PartitionHomes(IGrainFactory grains, ISiloStatusOracle silos)
    {
        _grains = grains;
        _silos = silos;
        silos.SubscribeToSiloStatusEvents(this);
    }

    /// <summary>The silo that a partition ought to live on.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="silos">The silos to choose from, at least one.</param>
    public static SiloAddress Chosen(int partition, IReadOnlyCollection<SiloAddress> silos)
    {
        SiloAddress? chosen = null;
        var greatest = 0UL;
        foreach (var silo in silos)
        {
            var weight = Mix(((ulong)(uint)silo.GetConsistentHashCode() << 32) | (uint)partition);
            // Of equal weights the order of addresses decides, which is the same for all silos.
            if (chosen is null || weight > greatest || (weight == greatest && silo.CompareTo(chosen) < 0))
            {
                (chosen, greatest) = (silo, weight);
            }
        }

        return chosen ?? throw new ArgumentException("There is no silo to choose from.", nameof(silos));
    }

    /// <summary>Whether a partition ought to live on this silo, as the membership now is.</summary>
    /// <param name="partition">The partition.</param>
    public bool IsHome(int partition)
    {
        var active = _silos.GetApproximateSiloStatuses(onlyActive: true);
        // A silo that is itself joining or leaving has no say.
        return !active.ContainsKey(_silos.SiloAddress) || Chosen(partition, active.Keys).Equals(_silos.SiloAddress);
    }

    /// <summary>Where a partition lives, asked once until the membership changes.</summary>
    /// <param name="partition">The partition.</param>
    public async ValueTask<SiloAddress> Of(int partition)
    {
        if (_known.TryGetValue(partition, out var known))
        {
            return known;
        }

        var told = await _grains.GetGrain<IPartitionGrain>(partition).Where();
        _known[partition] = told;
        return told;
    }

    /// <summary>Notes where a partition lives.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="silo">Its silo.</param>
    public void Note(int partition, SiloAddress silo) => _known[partition] = silo;

    /// <summary>Forgets where a partition lived.</summary>
    /// <param name="partition">The partition.</param>
    public void Forget(int partition) => _known.TryRemove(partition, out _);

    /// <inheritdoc/>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status) => _known.Clear();

    // SplitMix64: neighbouring partitions and similar addresses give unrelated weights.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
