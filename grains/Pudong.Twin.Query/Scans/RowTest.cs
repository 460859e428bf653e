using System.Numerics;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans;

/// <summary>A predicate that has no kernel: evaluated for one row after another, so it goes last and sees only the rows that are left.</summary>
/// <param name="predicate">The predicate.</param>
/// <param name="wanted">TRUE passes the rows where the predicate is TRUE, FALSE those where it is FALSE.</param>
/// <param name="nowTicks">The moment of <c>now()</c>.</param>
internal sealed class RowTest(BoundPredicate predicate, bool wanted, long nowTicks) : BlockTest
{
    private readonly Truth _wanted = wanted ? Truth.True : Truth.False;

    public override int Cost => 1_000;

    public override Verdict Judge(TableVersion version, int block) => Verdict.Some;

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var record = new TableRecord();
        record.MoveTo(version);
        var scope = new Scope(record, nowTicks);
        for (var word = 0; word < mask.Length; word++)
        {
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                record.Row = (block << ColumnBlock.Shift) + (word * 64) + bit;
                if (predicate.Decide(scope) != _wanted)
                {
                    mask[word] &= ~(1UL << bit);
                }
            }
        }
    }
}
