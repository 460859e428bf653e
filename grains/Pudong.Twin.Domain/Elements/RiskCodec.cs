using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The binary form of the risk of an element; a quiet one in band A is one byte.</summary>
internal static class RiskCodec
{
    private const byte HasContent = 1;
    private const byte HasRefused = 2;
    private const int BandShift = 2;

    public static void Write(StateWriter writer, RiskState risk)
    {
        var hasContent = !risk.Loads.IsEmpty || !risk.KeptShares.IsEmpty || !risk.Published.IsEmpty || !risk.Labels.IsEmpty;
        writer.Byte((byte)((hasContent ? HasContent : 0) | (risk.Refused ? HasRefused : 0) | ((int)risk.Band << BandShift)));
        if (hasContent)
        {
            writer.List(risk.Loads, WriteLoad);
            writer.List(risk.KeptShares, WriteShare);
            writer.List(risk.Published, WritePublished);
            writer.List(risk.Labels, WriteLabel);
        }
    }

    public static RiskState Read(ref StateReader reader)
    {
        var marks = reader.Byte();
        var state = new RiskState { Band = (RiskBand)(marks >> BandShift), Refused = (marks & HasRefused) != 0 };
        if ((marks & HasContent) == 0)
        {
            return state.Band == RiskBand.A && !state.Refused ? RiskState.Quiet : state;
        }

        return state with
        {
            Loads = reader.List(ReadLoad),
            KeptShares = reader.List(ReadShare),
            Published = reader.List(ReadPublished),
            Labels = reader.List(ReadLabel),
        };
    }

    private static void WriteLoad(StateWriter writer, in Load load)
    {
        writer.Count(load.Type);
        writer.Double(load.Amount);
        writer.Signed(load.At);
        writer.Number(load.Pieces);
        writer.Signed(load.ClearedAt);
        writer.Truth(load.ClearedAsFalse);
    }

    private static void WriteShare(StateWriter writer, in KeptShare share)
    {
        writer.Text(share.Case);
        writer.Count(share.Type);
        writer.Double(share.Amount);
        writer.Signed(share.At);
        writer.Double(share.Kept);
        writer.Truth(share.Withdrawn);
        writer.Number(share.Pieces);
    }

    private static void WritePublished(StateWriter writer, in PublishedLoads published)
    {
        writer.Byte(published.Domain.Index);
        writer.Number(published.Version);
        writer.List(published.Loads, WriteLoad);
    }

    private static void WriteLabel(StateWriter writer, in Influence label)
    {
        writer.Id(label.Source);
        writer.Byte(label.Domain.Index);
        writer.Double(label.Reach);
        writer.Number(label.Version);
        writer.List(label.Path, (StateWriter w, in ElementId id) => w.Id(id));
        writer.List(label.Loads, WriteLoad);
    }

    private static Load ReadLoad(ref StateReader reader)
    {
        var type = (ushort)reader.Count();
        var amount = reader.Double();
        var at = reader.Signed();
        var pieces = (uint)reader.Number();
        return new Load(type, amount, at, pieces, reader.Signed(), reader.Truth());
    }

    private static KeptShare ReadShare(ref StateReader reader)
    {
        var name = reader.Text();
        var type = (ushort)reader.Count();
        var amount = reader.Double();
        var at = reader.Signed();
        return new KeptShare(name, type, amount, at, reader.Double(), reader.Truth(), (uint)reader.Number());
    }

    private static PublishedLoads ReadPublished(ref StateReader reader) =>
        new(new RiskDomain(reader.Byte()), (uint)reader.Number(), reader.List(ReadLoad));

    private static Influence ReadLabel(ref StateReader reader)
    {
        var source = reader.Id();
        var domain = new RiskDomain(reader.Byte());
        var reach = reader.Double();
        var version = (uint)reader.Number();
        var path = reader.List((ref StateReader r) => r.Id());
        return new Influence(source, domain, reach, path, version, reader.List(ReadLoad));
    }
}
