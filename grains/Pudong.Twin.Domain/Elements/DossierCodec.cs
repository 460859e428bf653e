using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The binary form of what only few elements have, but for the shape.</summary>
internal static class DossierCodec
{
    public static void Write(StateWriter writer, Dossier dossier)
    {
        writer.List(dossier.Ended, WriteEnded);
        writer.List(dossier.Cases, WriteCase);
        writer.List(dossier.Pieces, WritePiece);
        writer.List(dossier.Changes, WriteChange);
    }

    public static Dossier Read(ref StateReader reader) => new()
    {
        Ended = reader.List((ref StateReader r) => new EndedRelation(ProfileCodec.ReadRelation(ref r), r.Signed())),
        Cases = reader.List(ReadCase),
        Pieces = reader.List((ref StateReader r) => new EvidencePiece(new EventKey(r.Bits()), (ushort)r.Count(), r.Double(), r.Signed())),
        Changes = reader.List(ReadChange),
    };

    private static void WriteEnded(StateWriter writer, in EndedRelation ended)
    {
        ProfileCodec.WriteRelation(writer, ended.Relation);
        writer.Signed(ended.Until);
    }

    private static void WriteCase(StateWriter writer, in OpenCase open)
    {
        writer.Text(open.Case);
        writer.Text(open.CaseType);
        writer.Signed(open.Since);
        writer.Count((open.Evidence ?? -1) + 1);
    }

    private static void WritePiece(StateWriter writer, in EvidencePiece piece)
    {
        writer.Bits(piece.Key.Value);
        writer.Count(piece.Type);
        writer.Double(piece.Load);
        writer.Signed(piece.Time);
    }

    private static void WriteChange(StateWriter writer, in ElementChange change)
    {
        writer.Signed(change.Time);
        writer.Text(change.Type);
        writer.Double(change.ScoreBefore);
        writer.Double(change.ScoreAfter);
        writer.List(change.Attributes, (StateWriter w, in int ordinal) => w.Count(ordinal));
        if (!writer.WithPositions)
        {
            return;
        }

        writer.Number((ulong)change.Position.Value);
        writer.Truth(change.Cause is not null);
        if (change.Cause is { } cause)
        {
            writer.Count(cause.Partition);
            writer.Number((ulong)cause.Position.Value);
            writer.Count(cause.Ordinal);
        }
    }

    private static OpenCase ReadCase(ref StateReader reader)
    {
        var name = reader.Text();
        var type = reader.CommonText();
        var since = reader.Signed();
        return new OpenCase(name, type, since, reader.Count() is var evidence and > 0 ? evidence - 1 : null);
    }

    private static ElementChange ReadChange(ref StateReader reader)
    {
        var time = reader.Signed();
        var type = reader.CommonText();
        var (before, after) = (reader.Double(), reader.Double());
        var attributes = reader.List((ref StateReader r) => r.Count());
        var position = new LogPosition((long)reader.Number());
        Cause? cause = reader.Truth() ? new Cause(reader.Count(), new LogPosition((long)reader.Number()), reader.Count()) : null;
        return new ElementChange(position, time, type, attributes, before, after, cause);
    }
}
