namespace Pudong.Twin.Domain.Elements;

/// <summary>The binary form of what changes seldom about an element. What only few have is announced by one bit each.</summary>
internal static class ProfileCodec
{
    private const byte HasPoint = 1;
    private const byte HasShape = 2;
    private const byte HasDossier = 4;

    public static void Write(StateWriter writer, Profile profile)
    {
        var dossier = profile.Dossier;
        var hasDossier = !dossier.Ended.IsEmpty || !dossier.Cases.IsEmpty || !dossier.Changes.IsEmpty || !dossier.Pieces.IsEmpty;
        var hasPoint = !double.IsNaN(profile.Longitude);
        writer.Byte((byte)((hasPoint ? HasPoint : 0) | (dossier.Shape is null ? 0 : HasShape) | (hasDossier ? HasDossier : 0)));
        writer.Signed(profile.PlaceTime);
        if (hasPoint)
        {
            writer.Double(profile.Longitude);
            writer.Double(profile.Latitude);
        }

        if (dossier.Shape is not null)
        {
            writer.Bytes(dossier.Shape.ToBinary());
        }

        writer.Bytes(profile.Attributes.Bytes);
        writer.List(profile.Relations, WriteRelation);
        if (hasDossier)
        {
            DossierCodec.Write(writer, dossier);
        }
    }

    public static Profile Read(ref StateReader reader)
    {
        var marks = reader.Byte();
        var profile = new Profile { PlaceTime = reader.Signed() };
        if ((marks & HasPoint) != 0)
        {
            profile = profile with { Longitude = reader.Double(), Latitude = reader.Double() };
        }

        var shape = (marks & HasShape) != 0 ? ValueCodec.ReadGeometry(ref reader) : null;
        profile = profile with { Attributes = AttributeSet.OfBytes(reader.Bytes()), Relations = reader.List(ReadRelation) };
        var dossier = (marks & HasDossier) != 0 ? DossierCodec.Read(ref reader) : Dossier.Empty;
        return profile with { Dossier = shape is null ? dossier : dossier with { Shape = shape } };
    }

    public static void WriteRelation(StateWriter writer, in Relation relation)
    {
        writer.Count((relation.Kind << 1) | (relation.IsOwner ? 1 : 0));
        writer.Id(relation.Other);
        writer.Signed(relation.Since);
    }

    public static Relation ReadRelation(ref StateReader reader)
    {
        var kind = reader.Count();
        return new Relation(kind >> 1, reader.Id(), (kind & 1) != 0, reader.Signed());
    }
}
