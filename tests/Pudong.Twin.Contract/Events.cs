using System.Text;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Contract;

/// <summary>Events for tests of logs, and ways to read them back.</summary>
public static class Events
{
    /// <summary>A batch whose events read <c>name/0</c>, <c>name/1</c> …</summary>
    /// <param name="name">Names the batch.</param>
    /// <param name="count">How many events.</param>
    public static EventBatch Batch(string name, int count) =>
        Batch(Enumerable.Range(0, count).Select(index => Encoding.UTF8.GetBytes($"{name}/{index}")));

    /// <summary>A batch of given events.</summary>
    /// <param name="events">The bytes of each.</param>
    public static EventBatch Batch(IEnumerable<byte[]> events)
    {
        var writer = new EventBatch.Writer();
        foreach (var entry in events)
        {
            writer.Add(entry);
        }

        return writer.ToBatch();
    }

    /// <summary>Bytes that do not compress, the same for the same seed.</summary>
    /// <param name="length">How many.</param>
    /// <param name="seed">Any number.</param>
    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>An extent in plain numbers.</summary>
    /// <param name="tail">The oldest position kept.</param>
    /// <param name="head">The newest position.</param>
    public static LogExtent Extent(long tail, long head) => new(new LogPosition(tail), new LogPosition(head));

    /// <summary>Reads blocks to the head and asserts that they follow one another without gap.</summary>
    /// <param name="log">Any log.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The first event wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<EventBlock>> Blocks(this IEventLog log, int partition, LogPosition from, CancellationToken cancellationToken)
    {
        var blocks = new List<EventBlock>();
        await foreach (var block in log.Read(partition, from, cancellationToken))
        {
            Assert.Equal(partition, block.Partition);
            Assert.True(block.Count > 0);
            if (blocks.Count > 0)
            {
                Assert.Equal(blocks[^1].Last.Next, block.First);
            }
            else
            {
                var wanted = Math.Max(1, from.Value);
                Assert.InRange(wanted, block.First.Value, block.Last.Value);
            }

            blocks.Add(block);
        }

        return blocks;
    }

    /// <summary>Reads events from a position to the head, without what a first block holds before it.</summary>
    /// <param name="log">Any log.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The first event wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<byte[]>> Entries(this IEventLog log, int partition, LogPosition from, CancellationToken cancellationToken)
    {
        var entries = new List<byte[]>();
        foreach (var block in await log.Blocks(partition, from, cancellationToken))
        {
            var position = block.First;
            foreach (var entry in block.Entries)
            {
                if (position >= from)
                {
                    entries.Add(entry.ToArray());
                }

                position = position.Next;
            }

            Assert.Equal(block.Last.Next, position);
        }

        return entries;
    }

    /// <summary>Reads events as text.</summary>
    /// <param name="log">Any log.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="from">The first position wanted.</param>
    public static async Task<List<string>> Texts(this IEventLog log, int partition, CancellationToken cancellationToken, long from = 1) =>
        [.. (await log.Entries(partition, new LogPosition(from), cancellationToken)).Select(Encoding.UTF8.GetString)];
}
