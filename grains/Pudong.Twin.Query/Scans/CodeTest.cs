using Pudong.Twin.Query.Columns;

namespace Pudong.Twin.Query.Scans;

/// <summary>A text column kept by dictionary: passes the rows whose code is accepted, and NULL where that is.</summary>
/// <remarks>Whatever a predicate does with one text, it does it once for each different text and not for each row.</remarks>
internal sealed class CodeTest : BlockTest
{
    private readonly int _ordinal;
    private readonly bool[] _accepted;
    private readonly bool _onNull;
    private readonly int _first = int.MaxValue;
    private readonly int _last = -1;
    private readonly int _count;

    /// <summary>Makes a test.</summary>
    /// <param name="ordinal">The column.</param>
    /// <param name="accepted">For every code of the dictionary, whether it passes.</param>
    /// <param name="onNull">Whether NULL passes.</param>
    public CodeTest(int ordinal, bool[] accepted, bool onNull)
    {
        _ordinal = ordinal;
        _accepted = accepted;
        _onNull = onNull;
        for (var code = 0; code < accepted.Length; code++)
        {
            if (accepted[code])
            {
                _first = Math.Min(_first, code);
                _last = code;
                _count++;
            }
        }
    }

    public override int Cost => _count <= 1 ? 2 : 6;

    public override Verdict Judge(TableVersion version, int block)
    {
        var column = (CodeBlock)version.Column(_ordinal, block);
        if (!(_onNull && column.Nulls is not null) && (column.Max < _first || column.Min > _last))
        {
            return Verdict.None;
        }

        var complete = column.Nulls is null || _onNull;
        return complete && column.Max >= 0 && _count == _last - _first + 1 && column.Min >= _first && column.Max <= _last
            ? Verdict.All
            : Verdict.Some;
    }

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var column = (CodeBlock)version.Column(_ordinal, block);
        if (!_onNull || column.Nulls is null)
        {
            Kernel.RemoveNulls(mask, column.Nulls);
            NarrowCodes(column, mask);
            return;
        }

        Span<ulong> nulls = stackalloc ulong[ColumnBlock.Words];
        mask.CopyTo(nulls);
        Masks.Keep(nulls, column.Nulls);
        NarrowCodes(column, mask);
        for (var word = 0; word < ColumnBlock.Words; word++)
        {
            mask[word] = (mask[word] & ~column.Nulls[word]) | nulls[word];
        }
    }

    private void NarrowCodes(CodeBlock column, Span<ulong> mask)
    {
        if (_count == 0)
        {
            mask.Clear();
        }
        else if (_count == 1)
        {
            NarrowOne(column, mask);
        }
        else
        {
            NarrowSet(column, mask);
        }
    }

    private void NarrowOne(CodeBlock column, Span<ulong> mask)
    {
        if (_first > column.Max)
        {
            mask.Clear();
        }
        else if (column.Bytes is { } bytes)
        {
            Kernel.Narrow(mask, new OneCodeKernel<byte>(bytes, (byte)_first));
        }
        else if (column.Shorts is { } shorts)
        {
            Kernel.Narrow(mask, new OneCodeKernel<ushort>(shorts, (ushort)_first));
        }
        else
        {
            Kernel.Narrow(mask, new OneCodeKernel<int>(column.Integers!, _first));
        }
    }

    private void NarrowSet(CodeBlock column, Span<ulong> mask)
    {
        if (column.Bytes is { } bytes)
        {
            Kernel.Narrow(mask, new CodeSetKernel<byte>(bytes, _accepted));
        }
        else if (column.Shorts is { } shorts)
        {
            Kernel.Narrow(mask, new CodeSetKernel<ushort>(shorts, _accepted));
        }
        else
        {
            Kernel.Narrow(mask, new CodeSetKernel<int>(column.Integers!, _accepted));
        }
    }
}
