using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Orleans.Serialization;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class ElementStateCodecTests
{
    /// <summary>Bytes of version 1, written when it was new: snapshots of that time must stay readable.</summary>
    private const string Golden =
        "010773686F703A73310B0180C2C08FFA62FEFFFFFFFFFFFFFFFF01170972E8110F352534D401A4F568DE8BB5DD4A2477FF13424E24A28B0D4A122796D465A798A20B78061407A6EA50EA77" +
        "06BE99627F9E68C60FDEA028EBF83CC0B1360496DC33DECE355C0680A0ABFEF9624D010300000001000000040000000000000000405E400000000000003F400000000000605E4000000000" +
        "00003F400000000000605E400000000000803F400000000000405E400000000000003F403C80A0ABFEF96272E8110F352534D4062F74657374730402040672657461696C03030000000000" +
        "0069400505A08B5AFFFF030409E5A5BDE8BF90E69DA502010B6275696C64696E673A623180DAE281FA62020773686F703A733280DAE281FA6201030773686F703A733280DAE281FA628094" +
        "9A85FA620102633209677269642D6361736580949A85FA620001A028EBF83CC0B13600FD9E69E752D9E83F8088898CFA620980DAE281FA620E72656C6174696F6E2D616464656438333333" +
        "33330340383333333333034000040080DAE281FA621172656C6174696F6E2D6D6972726F7265643833333333330340383333333333034000070100060080DAE281FA620E72656C6174696F" +
        "6E2D61646465643833333333330340383333333333034000080080949A85FA621072656C6174696F6E2D72656D6F76656438333333333303403833333333330340000A0080949A85FA620B" +
        "636173652D6F70656E656438333333333303403833333333330340000C0080949A85FA620B636173652D6F70656E656438333333333303403833333333330340000D0080CED188FA621165" +
        "766964656E63652D6F6273657276656438333333333303406DBC749318043240000E008088898CFA621165766964656E63652D6F62736572766564E96C6B1906F531400D5949C350214F40" +
        "00110080C2C08FFA620B636173652D636C6F7365647D29AD7701325040CB06E5DDE66C4D40001700090200FD9E69E752D9E83F8088898CFA6201FFFFFFFFFFFFFFFFFF01000120204BC691" +
        "DA913F80CED188FA6201FFFFFFFFFFFFFFFFFF0100010263310129E8DD373651C63F80CED188FA629A9999999999B93F00010100030200FD9E69E752D9E83F8088898CFA6201FFFFFFFFFF" +
        "FFFFFFFF01000120204BC691DA913F80CED188FA6201FFFFFFFFFFFFFFFFFF0100010773686F703A733200333333333333D33F01010773686F703A73320100503FE124C3D3D63F8088898C" +
        "FA6201FFFFFFFFFFFFFFFFFF010000";

    [Fact]
    public void Write_ARichState_ReadsBackTheSame()
    {
        var state = Rich();

        var read = Restored(state);

        Assert.Equal(Convert.ToHexString(Written(state)), Convert.ToHexString(Written(read)));
        Assert.Equal(StateHash.Of(state), StateHash.Of(read));
        Assert.Equal((state.Id, state.Revision, state.Position, state.Clock, state.NextDue), (read.Id, read.Revision, read.Position, read.Clock, read.NextDue));
        Assert.Equal(state.Attributes.AsSpan(), read.Attributes.AsSpan());
        Assert.Equal(state.Risk, read.Risk);
        Assert.Equal(state.OpenCases.AsSpan(), read.OpenCases.AsSpan());
        Assert.Equal(state.Pieces.AsSpan(), read.Pieces.AsSpan());
        Assert.Equal((state.IsRegistered, state.IsRetired, state.Name), (read.IsRegistered, read.IsRetired, read.Name));
        Assert.True(state.Geometry.Geometry!.EqualsExact(read.Geometry.Geometry));
        Assert.Equal(state.Changes.Length, read.Changes.Length);
        Assert.Equal(state.EndedRelations.Length, read.EndedRelations.Length);
    }

    [Fact]
    public void Read_BytesOfVersion1_GivesTheStateOfThatTime()
    {
        var read = ElementStateCodec.Read(Convert.FromHexString(Golden), out var length);

        Assert.Equal(Golden.Length / 2, length);
        Assert.Equal(Golden, Convert.ToHexString(Written(read)));
        Assert.Equal(Golden, Convert.ToHexString(Written(Rich())));
        Assert.Equal("好运来", read.Name);
    }

    [Fact]
    public void Read_ManyStatesInARow_TakesEachItsLength()
    {
        var output = new ArrayBufferWriter<byte>();
        var states = new[] { Rich(), ElementState.Unknown(Building), Measured() };
        foreach (var state in states)
        {
            ElementStateCodec.Write(output, state);
        }

        var left = output.WrittenSpan;
        foreach (var state in states)
        {
            Assert.Equal(StateHash.Of(state), StateHash.Of(ElementStateCodec.Read(left, out var length)));
            left = left[length..];
        }

        Assert.True(left.IsEmpty);
    }

    [Fact]
    public void Read_DamagedBytes_SaysSoAndNeverAnythingElse()
    {
        var bytes = Written(Rich());
        var chance = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = bytes.ToArray();
            damaged[chance.Next(damaged.Length)] ^= (byte)(1 << chance.Next(8));
            try
            {
                ElementStateCodec.Read(damaged.AsSpan(0, chance.Next(damaged.Length + 1)), out _);
            }
            catch (InvalidDataException)
            {
                // The one answer that is promised.
            }
        }
    }

    [Fact]
    public void Serialize_AState_ArrivesWholeAndIsSharedWithinASilo()
    {
        using var services = new ServiceCollection().AddSerializer(builder => builder.AddAssembly(typeof(ElementState).Assembly)).BuildServiceProvider();
        var state = Rich();

        var arrived = services.GetRequiredService<Serializer>().Deserialize<ElementState>(services.GetRequiredService<Serializer>().SerializeToArray(state));
        var shared = services.GetRequiredService<DeepCopier>().Copy(state);

        Assert.Equal(StateHash.Of(state), StateHash.Of(arrived!));
        Assert.Same(state, shared);
    }

    internal static ElementState Restored(ElementState state)
    {
        var read = ElementStateCodec.Read(Written(state), out var length);
        Assert.Equal(Written(state).Length, length);
        return read;
    }

    /// <summary>A shop with everything a state can hold but readings.</summary>
    internal static ElementState Rich()
    {
        var city = new TestCity(SmallPackage.Instance, 1);
        var registered = Registered(Shop, 0, (Industry, Value.Of("retail")), (Area, Value.Of(200.0)), (5, Value.OfDay(738_000)));
        var shape = new Polygon(new LinearRing([new Coordinate(121, 31), new Coordinate(121.5, 31), new Coordinate(121.5, 31.5), new Coordinate(121, 31)]));
        city.Send(Named(
        [
            registered with { Data = (AttributeData)registered.Data with { Name = "好运来", Geometry = Value.Of(shape) } },
            Registered(Building), Registered(NextDoor),
            Related(Shop, SmallPackage.LocatedIn, Building, 1), Related(NextDoor, SmallPackage.Adjoins, Shop, 1), Related(Shop, SmallPackage.Adjoins, NextDoor, 1),
            Unrelated(Shop, SmallPackage.Adjoins, NextDoor, 2),
            Case(Shop, "case-opened", "c1", 2), Case(Shop, "case-opened", "c2", 2),
            Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 3, "c1"), Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 4),
            Evidence(NextDoor, SmallPackage.GasAlarm, 0.6, 0.5, 4), Case(Shop, "case-closed", "c1", 5, verified: true),
        ]), new Random(5), settleBetween: true);
        return city[Shop];
    }

    internal static ElementState Measured() => Fold(Sensor, Named(
    [
        Registered(Sensor, 0, (2, Value.Of("gas"))), .. Enumerable.Range(1, 40).Select(i => Reading(Sensor, i % 2, 15 + (i % 5), i / 10.0)), Reading(Sensor, 0, 30, 5),
    ]));

    internal static byte[] Written(ElementState state)
    {
        var output = new ArrayBufferWriter<byte>();
        ElementStateCodec.Write(output, state);
        return output.WrittenSpan.ToArray();
    }

    // Ids that do not depend on which test ran before.
    private static IEnumerable<TwinEvent> Named(IEnumerable<TwinEvent> events) => events.Select((e, i) => e with { Id = $"golden-{i}" });
}
