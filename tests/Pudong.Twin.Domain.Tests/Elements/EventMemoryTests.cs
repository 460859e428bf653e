using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class EventMemoryTests
{
    [Fact]
    public void With_AnyKeys_HoldsExactlyTheLastOnes() =>
        Gen.Select(Gen.Int[1, 20], Gen.ULong.Array[0, 100]).Sample((limit, keys) =>
        {
            var memory = default(EventMemory);
            for (var i = 0; i < keys.Length; i++)
            {
                memory = memory.With(new EventKey(keys[i]), limit);
                Assert.Equal(keys[Math.Max(0, i + 1 - limit)..(i + 1)], memory.Keys.ToArray());
            }

            Assert.All(memory.Keys.ToArray(), key => Assert.True(memory.Holds(new EventKey(key))));
        }, iter: 500);

    [Fact]
    public void With_TwoSuccessorsOfOneMemory_KeepsThemApart() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40]).Sample((before, after) =>
        {
            var root = Enumerable.Range(1, before).Aggregate(default(EventMemory), (memory, key) => memory.With(new EventKey((ulong)key), 16));
            var left = Enumerable.Range(1, after).Aggregate(root, (memory, key) => memory.With(new EventKey((ulong)(1_000 + key)), 16));
            var right = Enumerable.Range(1, after).Aggregate(root, (memory, key) => memory.With(new EventKey((ulong)(2_000 + key)), 16));

            Assert.DoesNotContain(left.Keys.ToArray(), key => key > 2_000);
            Assert.DoesNotContain(right.Keys.ToArray(), key => key is > 1_000 and < 2_000);
            Assert.Equal((ulong)(1_000 + after), left.Keys[^1]);
            Assert.Equal((ulong)(2_000 + after), right.Keys[^1]);
            Assert.Equal((ulong)before, root.Keys[^1]);
        }, iter: 200);

    [Fact]
    public void Of_Keys_GoesOnLikeTheMemoryTheyCameFrom()
    {
        var memory = Enumerable.Range(1, 30).Aggregate(default(EventMemory), (known, key) => known.With(new EventKey((ulong)key), 16));

        var restored = EventMemory.Of(memory.Keys);

        Assert.Equal(memory.With(new EventKey(99), 16).Keys.ToArray(), restored.With(new EventKey(99), 16).Keys.ToArray());
    }
}
