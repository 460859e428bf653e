using System.Text;
using Pudong.Twin.Contract;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>States of the size of a snapshot.</summary>
internal static class StoredState
{
    /// <summary>Bytes that do not compress: the worst case.</summary>
    /// <param name="pieces">How many MiB.</param>
    public static HeldState Noise(int pieces) => Of(pieces, (random, piece) => random.NextBytes(piece));

    /// <summary>Rows of an identifier, a number and a time, about as compressible as the states of elements.</summary>
    /// <param name="pieces">How many MiB.</param>
    public static HeldState Rows(int pieces) => Of(pieces, (random, piece) =>
    {
        for (var place = 0; place + 40 <= piece.Length; place += 40)
        {
            Encoding.ASCII.GetBytes($"sensor:smoke-{random.Next(1_000_000):000000}", piece.AsSpan(place));
            BitConverter.TryWriteBytes(piece.AsSpan(place + 20), random.NextDouble());
            BitConverter.TryWriteBytes(piece.AsSpan(place + 28), 1_790_000_000_000L + random.Next());
        }
    });

    private static HeldState Of(int pieces, Action<Random, byte[]> fill)
    {
        var random = new Random(0);
        var state = new HeldState();
        for (var index = 0; index < pieces; index++)
        {
            var piece = new byte[1 << 20];
            fill(random, piece);
            state.State.Pieces.Add(piece);
        }

        return state;
    }
}
