using Pudong.Twin.Contract;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Appends whose content does not matter.</summary>
internal static class Batches
{
    /// <summary>Appends one batch after another.</summary>
    /// <param name="log">The log.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="sizes">How many events each batch has.</param>
    internal static async Task Append(this IEventLog log, int partition, params int[] sizes)
    {
        foreach (var size in sizes)
        {
            await log.Append(partition, Events.Batch("event", size));
        }
    }
}
