using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Writes and reads what neighbours tell each other about influence (RISK-MODEL.md, section 5).</summary>
internal static class InfluenceCodec
{
    private const int LeastLabel = 16;
    private const int LeastLoad = 19;

    public static void Write(ref ByteSink sink, InfluenceChanged message)
    {
        sink.Flag(message.Full);
        sink.Count((ulong)message.Offers.Length);
        foreach (ref readonly var offer in message.Offers.AsSpan())
        {
            WriteOffer(ref sink, offer);
        }

        sink.Count((ulong)message.Withdrawals.Length);
        foreach (ref readonly var withdrawal in message.Withdrawals.AsSpan())
        {
            sink.Text(withdrawal.Source.ToString());
            sink.Byte(withdrawal.Domain.Index);
            sink.Count(withdrawal.Version);
            sink.Flag(withdrawal.Quiet);
        }
    }

    public static void Write(ref ByteSink sink, InfluenceWanted message)
    {
        sink.Flag(message.All);
        sink.Count((ulong)message.Labels.Length);
        foreach (var label in message.Labels)
        {
            sink.Text(label.Source.ToString());
            sink.Byte(label.Domain.Index);
        }
    }

    public static InfluenceChanged ReadChanged(ref ByteSource source)
    {
        var full = source.Flag();
        var offers = ImmutableArray.CreateBuilder<Influence>(source.Items(LeastLabel));
        for (var left = offers.Capacity; left > 0; left--)
        {
            offers.Add(ReadOffer(ref source));
        }

        var withdrawals = ImmutableArray.CreateBuilder<InfluenceWithdrawal>(source.Items(4));
        for (var left = withdrawals.Capacity; left > 0; left--)
        {
            withdrawals.Add(new InfluenceWithdrawal(source.Id(), new RiskDomain(source.Byte()), Version(ref source), source.Flag()));
        }

        return new InfluenceChanged(full, offers.MoveToImmutable(), withdrawals.MoveToImmutable());
    }

    public static InfluenceWanted ReadWanted(ref ByteSource source)
    {
        var all = source.Flag();
        var labels = ImmutableArray.CreateBuilder<LabelKey>(source.Items(2));
        for (var left = labels.Capacity; left > 0; left--)
        {
            labels.Add(new LabelKey(source.Id(), new RiskDomain(source.Byte())));
        }

        return new InfluenceWanted(all, labels.MoveToImmutable());
    }

    private static void WriteOffer(ref ByteSink sink, in Influence offer)
    {
        sink.Text(offer.Source.ToString());
        sink.Byte(offer.Domain.Index);
        sink.Double(offer.Reach);
        sink.Count(offer.Version);
        sink.Count((ulong)offer.Path.Length);
        foreach (var step in offer.Path)
        {
            sink.Text(step.ToString());
        }

        sink.Count((ulong)offer.Loads.Length);
        foreach (ref readonly var load in offer.Loads.AsSpan())
        {
            WriteLoad(ref sink, load);
        }
    }

    private static void WriteLoad(ref ByteSink sink, in Load load)
    {
        sink.Count(load.Type);
        sink.Double(load.Amount);
        sink.Int64(load.At);
        sink.Count(load.Pieces);
        sink.Byte((byte)(load.ClearedAt == Load.Never ? 0 : load.ClearedAsFalse ? 2 : 1));
        if (load.ClearedAt != Load.Never)
        {
            sink.Int64(load.ClearedAt);
        }
    }

    private static Influence ReadOffer(ref ByteSource source)
    {
        var origin = source.Id();
        var domain = new RiskDomain(source.Byte());
        var reach = source.Finite();
        var version = Version(ref source);
        var path = ImmutableArray.CreateBuilder<ElementId>(source.Items(2));
        for (var left = path.Capacity; left > 0; left--)
        {
            path.Add(source.Id());
        }

        var loads = ImmutableArray.CreateBuilder<Load>(source.Items(LeastLoad));
        for (var left = loads.Capacity; left > 0; left--)
        {
            loads.Add(ReadLoad(ref source));
        }

        return new Influence(origin, domain, reach, path.MoveToImmutable(), version, loads.MoveToImmutable());
    }

    private static Load ReadLoad(ref ByteSource source)
    {
        var type = (ushort)source.Index(ushort.MaxValue + 1);
        var amount = source.Finite();
        var at = source.Int64();
        var pieces = Version(ref source);
        var cleared = source.Index(3);
        return new Load(type, amount, at, pieces, cleared == 0 ? Load.Never : source.Int64(), cleared == 2);
    }

    private static uint Version(ref ByteSource source)
    {
        var value = source.Count();
        return value <= uint.MaxValue ? (uint)value : throw source.Wrong("a version or a number of pieces has more than 32 bits");
    }
}
