using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Ingest;

/// <summary>Reads JSON with readers that were used before, as one reader serves one thread at a time and is dear to make.</summary>
/// <param name="options">How many are kept, and what they accept.</param>
internal sealed class JsonReaders(IOptions<IngestOptions> options)
{
    private const int SharedIds = 4_096;

    private volatile Pool? _pool;

    /// <summary>Reads one event or an array of them.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="package">The package that the events must agree with.</param>
    /// <param name="now">The time of receipt, in Unix milliseconds.</param>
    public BatchResult Read(ReadOnlySpan<byte> json, ModelPackage package, long now)
    {
        var pool = _pool;
        if (pool?.Package != package)
        {
            _pool = pool = new Pool(package, []);
        }

        var reader = pool.Idle.TryDequeue(out var idle) ? idle : new CloudEventReader(package, options.Value.CloudEvents, new EventStrings(SharedIds));
        var result = IsArray(json) ? reader.ReadBatch(json, now) : new BatchResult(null, [reader.Read(json, now)]);
        if (pool.Idle.Count < options.Value.Readers)
        {
            pool.Idle.Enqueue(reader);
        }

        return result;
    }

    private static bool IsArray(ReadOnlySpan<byte> json)
    {
        var start = json.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && json[start] == '[';
    }

    private sealed record Pool(ModelPackage Package, ConcurrentQueue<CloudEventReader> Idle);
}
