using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Writes the data of events. Names of the package go by their stable numbers, so that another version can read them.</summary>
internal static class DataWriter
{
    public static void Write(ref ByteSink sink, TwinEvent e, EventType type, ModelPackage package)
    {
        switch (e.Data)
        {
            case ReadingData data:
                sink.Byte((byte)DataForm.Reading);
                sink.UInt32(KindOf(e, package).Readings[data.Reading].Number);
                sink.Double(data.Number);
                break;
            case AttributeData data:
                sink.Byte((byte)DataForm.Attributes);
                WriteAttributes(ref sink, data, KindOf(e, package), package);
                break;
            case FieldData data:
                sink.Byte((byte)DataForm.Fields);
                WriteFields(ref sink, data, type);
                break;
            case EvidenceData data:
                sink.Byte((byte)DataForm.Evidence);
                sink.Count((ulong)data.Type);
                sink.Double(data.Severity);
                sink.Double(data.Confidence);
                WriteOptional(ref sink, data.Case);
                break;
            case EvidenceEndData data:
                sink.Byte((byte)DataForm.EvidenceEnd);
                WriteEnd(ref sink, data);
                break;
            case RelationData data:
                sink.Byte((byte)DataForm.Relation);
                WriteRelation(ref sink, data, package);
                break;
            case CaseData data:
                sink.Byte((byte)DataForm.Case);
                WriteCase(ref sink, data);
                break;
            default:
                WriteDerived(ref sink, e, package);
                break;
        }
    }

    private static void WriteDerived(ref ByteSink sink, TwinEvent e, ModelPackage package)
    {
        switch (e.Data)
        {
            case MirrorData data:
                sink.Byte((byte)DataForm.Mirror);
                sink.UInt32(package.Relations[data.Relation].Number);
                sink.Text(data.Owner.ToString());
                sink.Flag(data.Added);
                break;
            case InfluenceChangedData data:
                sink.Byte((byte)DataForm.InfluenceChanged);
                sink.Text(data.From.ToString());
                InfluenceCodec.Write(ref sink, data.Message);
                break;
            case InfluenceWantedData data:
                sink.Byte((byte)DataForm.InfluenceWanted);
                sink.Text(data.From.ToString());
                InfluenceCodec.Write(ref sink, data.Message);
                break;
            case DeadlineData data:
                sink.Byte((byte)DataForm.Deadline);
                sink.Count((ulong)data.Kind);
                sink.UInt32(data.Kind == DeadlineKind.Silence ? KindOf(e, package).Readings[data.Index].Number : (uint)data.Index);
                WriteOptional(ref sink, data.Case);
                break;
            case ActivationData data:
                sink.Byte((byte)DataForm.Activation);
                sink.Text(data.Package.Name);
                sink.Count((ulong)data.Package.Version);
                sink.Int64((long)data.Fingerprint);
                break;
            default:
                sink.Byte((byte)DataForm.None);
                break;
        }
    }

    private static void WriteAttributes(ref ByteSink sink, AttributeData data, ElementKind kind, ModelPackage package)
    {
        sink.Count((ulong)data.Values.Length);
        foreach (ref readonly var value in data.Values.AsSpan())
        {
            sink.UInt32(kind.Attributes[value.Attribute].Number);
            ValueCodec.Write(ref sink, value.Value);
        }

        sink.Count((ulong)data.Relations.Length);
        foreach (var relation in data.Relations)
        {
            WriteRelation(ref sink, relation, package);
        }

        ValueCodec.Write(ref sink, data.Geometry);
        WriteOptional(ref sink, data.Name);
    }

    private static void WriteFields(ref ByteSink sink, FieldData data, EventType type)
    {
        var count = 0;
        foreach (ref readonly var value in data.Values.AsSpan())
        {
            count += value.IsNull ? 0 : 1;
        }

        sink.Count((ulong)count);
        for (var ordinal = 0; ordinal < data.Values.Length; ordinal++)
        {
            if (!data.Values[ordinal].IsNull)
            {
                sink.UInt32(type.Fields[ordinal].Number);
                ValueCodec.Write(ref sink, data.Values[ordinal]);
            }
        }
    }

    private static void WriteRelation(ref ByteSink sink, RelationData data, ModelPackage package)
    {
        sink.UInt32(package.Relations[data.Relation].Number);
        sink.Text(data.Target.ToString());
    }

    private static void WriteEnd(ref ByteSink sink, EvidenceEndData data)
    {
        sink.Count((ulong)data.Type);
        sink.Flag(data.Piece is not null);
        if (data.Piece is { } piece)
        {
            sink.Int64((long)piece.Value);
        }

        WriteOptional(ref sink, data.Case);
    }

    private static void WriteCase(ref ByteSink sink, CaseData data)
    {
        sink.Text(data.Case);
        sink.Text(data.CaseType);
        sink.Flag(data.Verified);
        sink.Count(data.Evidence is { } evidence ? (ulong)evidence + 1 : 0);
    }

    private static void WriteOptional(ref ByteSink sink, string? text)
    {
        sink.Flag(text is not null);
        if (text is not null)
        {
            sink.Text(text);
        }
    }

    private static ElementKind KindOf(TwinEvent e, ModelPackage package) =>
        package.FindKind(e.Subject.Kind) ?? throw UnknownKind(e, package);

    private static ArgumentException UnknownKind(TwinEvent e, ModelPackage package) =>
        new($"Package {package} has no kind '{e.Subject.Kind}', which event '{e.Id}' is about.", nameof(e));
}
