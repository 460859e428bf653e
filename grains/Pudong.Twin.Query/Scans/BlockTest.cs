using System.Collections.Immutable;
using System.Numerics;
using Pudong.Twin.Query.Columns;

namespace Pudong.Twin.Query.Scans;

/// <summary>What the bounds of a block say about a test, before any row is looked at.</summary>
internal enum Verdict
{
    /// <summary>No row of the block passes.</summary>
    None,

    /// <summary>Only looking tells.</summary>
    Some,

    /// <summary>Every row of the block passes.</summary>
    All,
}

/// <summary>A condition on the rows of one table version, tested a block at a time.</summary>
/// <remarks>
/// Three-valued logic ends at the planner: it pushes NOT down to the leaves, so a test has to say only for which rows a predicate is
/// TRUE, or for which it is FALSE. A row that passes neither is one where it is NULL. Tests are immutable and used by many threads.
/// </remarks>
internal abstract class BlockTest
{
    /// <summary>What a look at one row costs beside others; the cheap parts of a conjunction go first.</summary>
    public abstract int Cost { get; }

    /// <summary>Asks the bounds.</summary>
    public abstract Verdict Judge(TableVersion version, int block);

    /// <summary>Clears the bits of the rows that do not pass; never sets one.</summary>
    /// <param name="version">The table version the test was planned for.</param>
    /// <param name="block">The block.</param>
    /// <param name="mask">One bit a row, <see cref="ColumnBlock.Words"/> words.</param>
    public abstract void Narrow(TableVersion version, int block, Span<ulong> mask);

    /// <summary>True when no bit is set.</summary>
    protected static bool IsEmpty(ReadOnlySpan<ulong> mask) => !mask.ContainsAnyExcept(0UL);
}

/// <summary>Passes all rows or none: what is left of a condition without queryables.</summary>
internal sealed class ConstantTest(bool passes) : BlockTest
{
    public override int Cost => 0;

    public override Verdict Judge(TableVersion version, int block) => passes ? Verdict.All : Verdict.None;

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        if (!passes)
        {
            mask.Clear();
        }
    }
}

/// <summary>Passes the rows that pass every part.</summary>
internal sealed class AllOfTest(IEnumerable<BlockTest> parts) : BlockTest
{
    private readonly ImmutableArray<BlockTest> _parts = [.. parts.OrderBy(part => part.Cost)];

    public override int Cost => _parts.Sum(part => part.Cost);

    public override Verdict Judge(TableVersion version, int block)
    {
        var verdict = Verdict.All;
        foreach (var part in _parts)
        {
            var own = part.Judge(version, block);
            if (own == Verdict.None)
            {
                return Verdict.None;
            }

            verdict = own < verdict ? own : verdict;
        }

        return verdict;
    }

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        foreach (var part in _parts)
        {
            part.Narrow(version, block, mask);
            if (IsEmpty(mask))
            {
                return;
            }
        }
    }
}

/// <summary>Passes the rows that pass some part.</summary>
internal sealed class AnyOfTest(IEnumerable<BlockTest> parts) : BlockTest
{
    private readonly ImmutableArray<BlockTest> _parts = [.. parts.OrderBy(part => part.Cost)];

    public override int Cost => _parts.Sum(part => part.Cost);

    public override Verdict Judge(TableVersion version, int block)
    {
        var verdict = Verdict.None;
        foreach (var part in _parts)
        {
            var own = part.Judge(version, block);
            verdict = own > verdict ? own : verdict;
        }

        return verdict;
    }

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        Span<ulong> open = stackalloc ulong[ColumnBlock.Words];
        Span<ulong> passed = stackalloc ulong[ColumnBlock.Words];
        mask.CopyTo(open);
        foreach (var part in _parts)
        {
            open.CopyTo(passed);
            part.Narrow(version, block, passed);
            // A row that passed need not be looked at again; what stays open at the end fails all parts.
            Masks.Remove(open, passed);
            if (IsEmpty(open))
            {
                return;
            }
        }

        Masks.Remove(mask, open);
    }
}

/// <summary>Operations on bitmaps of the rows of a block.</summary>
internal static class Masks
{
    /// <summary>Clears in <paramref name="mask"/> the bits that <paramref name="others"/> has.</summary>
    public static void Remove(Span<ulong> mask, ReadOnlySpan<ulong> others)
    {
        for (var word = 0; word < ColumnBlock.Words; word++)
        {
            mask[word] &= ~others[word];
        }
    }

    /// <summary>Clears in <paramref name="mask"/> the bits that <paramref name="others"/> does not have.</summary>
    public static void Keep(Span<ulong> mask, ReadOnlySpan<ulong> others)
    {
        for (var word = 0; word < ColumnBlock.Words; word++)
        {
            mask[word] &= others[word];
        }
    }

    /// <summary>Number of bits set.</summary>
    public static int Count(ReadOnlySpan<ulong> mask)
    {
        var count = 0;
        foreach (var word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Lists the rows whose bit is set, in order.</summary>
    /// <param name="mask">One bit a row.</param>
    /// <param name="rows">Room for <see cref="ColumnBlock.Rows"/> row numbers within the block.</param>
    /// <returns>How many there are.</returns>
    public static int List(ReadOnlySpan<ulong> mask, Span<ushort> rows)
    {
        var count = 0;
        for (var word = 0; word < mask.Length; word++)
        {
            var bits = mask[word];
            var first = word * 64;
            while (bits != 0)
            {
                rows[count++] = (ushort)(first + BitOperations.TrailingZeroCount(bits));
                bits &= bits - 1;
            }
        }

        return count;
    }
}
