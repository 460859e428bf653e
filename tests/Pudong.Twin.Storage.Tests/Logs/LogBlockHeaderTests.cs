using CsCheck;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Storage.Logs;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Logs;

public sealed class LogBlockHeaderTests
{
    private static readonly Gen<(int Partition, long First, int Count, byte[] Bytes)> AnyBlock =
        Gen.Select(Gen.Int[0, 4_095], Gen.Long[1, long.MaxValue], Gen.Int[1, int.MaxValue], Gen.Byte.Array[1, 300]);

    [Fact]
    public void TryRead_OfWhatWasWritten_IsTheHeader() => AnyBlock.Sample(block =>
    {
        var header = LogBlockHeader.Of(block.Partition, new LogPosition(block.First), block.Count, block.Bytes);
        var bytes = new byte[LogBlockHeader.Size];
        header.WriteTo(bytes);
        return LogBlockHeader.TryRead(bytes, out var read) && read == header && read.Matches(block.Bytes);
    });

    [Fact]
    public void Matches_OfTheBytesInAnotherPlace_IsFalse()
    {
        byte[] bytes = [1, 2, 3];
        var header = LogBlockHeader.Of(3, new LogPosition(10), 1, bytes);

        Assert.False((header with { Partition = 4 }).Matches(bytes));
        Assert.False((header with { First = new LogPosition(11) }).Matches(bytes));
        Assert.False((header with { Count = 2 }).Matches(bytes));
        Assert.False(header.Matches([1, 2, 4]));
    }

    [Fact]
    public void TryRead_OfOtherBytes_IsFalse()
    {
        Assert.False(LogBlockHeader.TryRead(new byte[LogBlockHeader.Size], out _));
        Assert.False(LogBlockHeader.TryRead(new byte[LogBlockHeader.Size - 1], out _));
    }
}
