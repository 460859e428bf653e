using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Silo.Tests;

/// <summary>Sends events about sensors of its own, in order, and a batch that was not acknowledged again until it is.</summary>
/// <param name="name">Tells its sensors from those of others.</param>
internal sealed class Producer(string name)
{
    private const int Sensors = 30;
    private const int SensorsOfABatch = 5;
    // An element remembers its last 16 events, so a batch sent twice is known again.
    private const int EventsOfASensor = 8;

    private static readonly ElementKind Kind = ShippedPackages.Core.FindKind("sensor")!;

    // Now, or the sensors would have been silent for so long that the twin itself had something to say.
    private readonly long _beginning = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    private readonly Dictionary<int, PartitionPosition> _positions = [];
    private ImmutableArray<TwinEvent> _pending = [];
    private long _sent;
    private int _next;

    /// <summary>The events that were acknowledged, in order.</summary>
    public List<TwinEvent> Acknowledged { get; } = [];

    /// <summary>The last position in each partition that was acknowledged.</summary>
    public IEnumerable<PartitionPosition> Positions => _positions.Values;

    /// <summary>Whether a batch was sent that nobody acknowledged yet.</summary>
    public bool HasPending => !_pending.IsEmpty;

    /// <summary>Sends batch after batch until it is told to stop.</summary>
    /// <param name="ingest">Where to.</param>
    /// <param name="acknowledged">Told of each acknowledged batch.</param>
    /// <param name="stopping">Stops it, also in the middle of a call.</param>
    public async Task Run(IIngestGrain ingest, Action acknowledged, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await SendOne(ingest, stopping);
                acknowledged();
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The silo was killed under the call: whether the batch is in the log, only the log knows.
                return;
            }
        }
    }

    /// <summary>Sends the pending batch, or a new one.</summary>
    /// <param name="ingest">Where to.</param>
    /// <param name="stopping">Stops waiting.</param>
    public async Task SendOne(IIngestGrain ingest, CancellationToken stopping)
    {
        if (_pending.IsEmpty)
        {
            _pending = NextBatch();
        }

        foreach (var position in await ingest.Append(_pending, CancellationToken.None).WaitAsync(stopping))
        {
            _positions[position.Partition] = position;
        }

        Acknowledged.AddRange(_pending);
        _pending = [];
    }

    private ImmutableArray<TwinEvent> NextBatch()
    {
        var batch = ImmutableArray.CreateBuilder<TwinEvent>();
        for (var sensor = 0; sensor < SensorsOfABatch; sensor++)
        {
            var id = ElementId.Of("sensor", string.Create(CultureInfo.InvariantCulture, $"{name}-{_next % Sensors}"));
            for (var i = 0; i < EventsOfASensor; i++)
            {
                batch.Add(_next < Sensors && i == 0 ? Event(id, "element-registered", new AttributeData([], []) { Name = id.ToString() }) : Reading(id));
            }

            _next++;
        }

        return batch.DrainToImmutable();
    }

    private TwinEvent Reading(ElementId id) => Event(id, "reading-received", new ReadingData(Kind.ReadingOf("smoke"), _sent % 3));

    private TwinEvent Event(ElementId id, string type, EventData data) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}-{++_sent}"), "/kill-test", type, id, _beginning + (_sent * 10), data);
}
