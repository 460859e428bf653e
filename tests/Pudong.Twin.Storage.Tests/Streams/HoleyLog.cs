using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>A broken log: its first event is followed by its third.</summary>
internal sealed class HoleyLog : IEventLog
{
    public int Partitions => 1;

    public IAsyncEnumerable<EventBlock> Read(int partition, LogPosition from, CancellationToken cancellationToken = default) =>
        new[] { Event(1), Event(3) }.Where(block => block.First >= from).ToAsyncEnumerable();

    public ValueTask<LogExtent> Extent(int partition, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new LogExtent(new LogPosition(1), new LogPosition(1)));

    public ValueTask<LogPosition> WaitForAppend(int partition, LogPosition after, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new LogPosition(3));

    public ValueTask<LogPosition> Append(int partition, EventBatch batch, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Nobody appends to a broken log.");

    public ValueTask Trim(int partition, LogPosition before, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Nobody trims a broken log.");

    private static EventBlock Event(long position) => new(0, new LogPosition(position), 1, [0, 0, 0, 0]);
}
