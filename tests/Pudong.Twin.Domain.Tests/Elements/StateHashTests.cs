using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class StateHashTests
{
    [Fact]
    public void Of_KnownStates_GivesTheVectorsWrittenDown()
    {
        Assert.Equal("ca9ad82cf7953b5fd63767c55a82fee7", StateHash.Of(ElementStateCodecTests.Rich()).ToString());
        Assert.Equal("64e5d79d332335cddccc017f1c5ba8e0", StateHash.Of(ElementStateCodecTests.Measured()).ToString());
        Assert.Equal("00000000000000000000000000000000", StateHash.Of(ElementState.Unknown(Shop)).ToString());
    }

    [Fact]
    public void Of_ManyElements_DoesNotDependOnTheirOrder()
    {
        var states = Enumerable.Range(0, 20).Select(i => ElementId.Of("shop", $"s{i}")).Select(id => Fold(id, Registered(id))).ToArray();

        Assert.Equal(StateHash.Of(states), StateHash.Of(states.Reverse()));
        Assert.Equal(StateHash.Of(states), StateHash.Of(states[..7]) + StateHash.Of(states[7..]));
        Assert.Equal(StateHash.Of(states[7..]), StateHash.Of(states) - StateHash.Of(states[..7]));
    }

    [Fact]
    public void Of_TheSameEventsAtOtherPositions_IsTheSame()
    {
        var e = Registered(Shop, 0, (Area, Value.Of(3.0)));
        var package = Packages.SmallPackage.Instance;

        var early = Kernel.Apply(package, ElementState.Unknown(Shop), e, new LogPosition(1)).State;
        var late = Kernel.Apply(package, ElementState.Unknown(Shop), e, new LogPosition(900)).State;

        Assert.Equal(StateHash.Of(early), StateHash.Of(late));
        Assert.NotEqual(early.Position, late.Position);
    }

    [Fact]
    public void Of_StatesThatDifferInOneValue_Differs()
    {
        var e = Registered(Shop, 0, (Area, Value.Of(3.0)));

        Assert.NotEqual(StateHash.Of(Fold(Shop, e)), StateHash.Of(Fold(Shop, e with { Data = Attributes((Area, Value.Of(4.0))) })));
    }
}
