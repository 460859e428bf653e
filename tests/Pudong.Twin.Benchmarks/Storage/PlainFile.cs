using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>What the disk does without a database: the yardstick of the storage benchmarks.</summary>
internal static class PlainFile
{
    /// <summary>Appends the same batches to a plain file.</summary>
    /// <param name="session">Where and how long.</param>
    /// <param name="name">The name of the figure.</param>
    /// <param name="flushEach">After how many batches they are flushed to the disk; 0 leaves that to the operating system.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static Task<Figure[]> Append(Session session, string name, int flushEach, CancellationToken cancellationToken) =>
        Measure(session, file =>
        {
            var batch = Load.Batch(0).Bytes;
            var (batches, clock) = (0L, Stopwatch.StartNew());
            while (clock.Elapsed < session.Duration && !cancellationToken.IsCancellationRequested)
            {
                RandomAccess.Write(file, batch.Span, batches++ * batch.Length);
                if (flushEach > 0 && batches % flushEach == 0)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            return new Figure(name, batches * Load.BatchSize / clock.Elapsed.TotalSeconds, "events/s");
        });

    /// <summary>Counts how often a second a page is written and flushed to the disk.</summary>
    /// <param name="session">Where and how long.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static Task<Figure[]> Flush(Session session, CancellationToken cancellationToken) =>
        Measure(session, file =>
        {
            var page = new byte[4_096];
            var (flushes, clock) = (0L, Stopwatch.StartNew());
            while (clock.Elapsed < session.Duration && !cancellationToken.IsCancellationRequested)
            {
                RandomAccess.Write(file, page, flushes++ * page.Length);
                RandomAccess.FlushToDisk(file);
            }

            return new Figure("raw disk: page written and fsynced", flushes / clock.Elapsed.TotalSeconds, "fsync/s");
        });

    /// <summary>Writes a file of a size, then reads it in pieces like those of a log.</summary>
    /// <param name="session">Where.</param>
    /// <param name="size">How many bytes.</param>
    /// <returns>Seconds for writing with one flush at the end, and for reading what the operating system still has in memory.</returns>
    public static (double Write, double Read) WriteAndRead(Session session, long size)
    {
        var folder = session.NewFolder();
        using var file = Open(folder);
        var piece = new byte[2 << 20];
        new Random(0).NextBytes(piece);

        var clock = Stopwatch.StartNew();
        for (var place = 0L; place < size; place += piece.Length)
        {
            RandomAccess.Write(file, piece.AsSpan(0, (int)Math.Min(piece.Length, size - place)), place);
        }

        RandomAccess.FlushToDisk(file);
        var write = clock.Elapsed.TotalSeconds;
        clock.Restart();
        for (var place = 0L; place < size;)
        {
            place += RandomAccess.Read(file, piece, place);
        }

        var read = clock.Elapsed.TotalSeconds;
        Directory.Delete(folder, recursive: true);
        return (write, read);
    }

    private static Task<Figure[]> Measure(Session session, Func<SafeFileHandle, Figure> measure) => Task.Run<Figure[]>(() =>
    {
        var folder = session.NewFolder();
        using var file = Open(folder);
        var figure = measure(file);
        Directory.Delete(folder, recursive: true);
        return [figure];
    });

    private static SafeFileHandle Open(string folder) =>
        File.OpenHandle(Path.Combine(folder, "plain"), FileMode.CreateNew, FileAccess.ReadWrite);
}
