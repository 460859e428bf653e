using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Reads the data of events back into the ordinals of the package in force.</summary>
internal static class DataReader
{
    public static EventData Read(ref ByteSource source, EventType type, string kindName, ModelPackage package)
    {
        var form = (DataForm)source.Byte();
        // Nearly all events are readings, and need none of what the other forms are read with.
        return form == DataForm.Reading ? ReadReading(ref source, kindName, package) : ReadOther(ref source, form, type, kindName, package);
    }

    private static EventData ReadOther(ref ByteSource source, DataForm form, EventType type, string kindName, ModelPackage package) => form switch
    {
        DataForm.Attributes => ReadAttributes(ref source, KindOf(ref source, kindName, package), package),
        DataForm.Fields => ReadFields(ref source, type),
        DataForm.Evidence => new EvidenceData(Evidence(ref source), source.Finite(), source.Finite()) { Case = Optional(ref source) },
        DataForm.EvidenceEnd => ReadEnd(ref source),
        DataForm.Relation => ReadRelation(ref source, package),
        DataForm.Case => ReadCase(ref source),
        DataForm.Mirror => new MirrorData(Relation(ref source, package), source.Id(), source.Flag()),
        DataForm.InfluenceChanged => new InfluenceChangedData(source.Id(), InfluenceCodec.ReadChanged(ref source)),
        DataForm.InfluenceWanted => new InfluenceWantedData(source.Id(), InfluenceCodec.ReadWanted(ref source)),
        DataForm.Deadline => ReadDeadline(ref source, kindName, package),
        DataForm.Activation => new ActivationData(new PackageVersion(source.Text(), source.Index(int.MaxValue)), (ulong)source.Int64()),
        DataForm.None => NoData.Instance,
        _ => throw source.Wrong($"the data has form {(byte)form}; expected 0 to {(byte)DataForm.Activation}, or a newer program"),
    };

    private static ReadingData ReadReading(ref ByteSource source, string kindName, ModelPackage package) =>
        new(Reading(ref source, KindOf(ref source, kindName, package), package), source.Finite());

    private static AttributeData ReadAttributes(ref ByteSource source, ElementKind kind, ModelPackage package)
    {
        var values = new AttributeValue[source.Items(5)];
        for (var index = 0; index < values.Length; index++)
        {
            var number = source.UInt32();
            var ordinal = kind.AttributeOf(number);
            values[index] = ordinal >= 0
                ? new AttributeValue(ordinal, ValueCodec.Read(ref source))
                : throw source.Wrong($"an attribute has number {number}, which kind '{kind.Name}' of package {package} does not know");
        }

        // Another version of the package may order its attributes otherwise.
        values.AsSpan().Sort(static (left, right) => left.Attribute.CompareTo(right.Attribute));
        var relations = ImmutableArray.CreateBuilder<RelationData>(source.Items(5));
        for (var left = relations.Capacity; left > 0; left--)
        {
            relations.Add(ReadRelation(ref source, package));
        }

        var geometry = ValueCodec.Read(ref source);
        return new AttributeData(ImmutableArray.Create(values), relations.MoveToImmutable()) { Geometry = geometry, Name = Optional(ref source) };
    }

    private static FieldData ReadFields(ref ByteSource source, EventType type)
    {
        var values = new Value[type.Fields.Length];
        for (var left = source.Items(5); left > 0; left--)
        {
            var number = source.UInt32();
            values[FieldOf(ref source, type, number)] = ValueCodec.Read(ref source);
        }

        return new FieldData(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    private static int FieldOf(ref ByteSource source, EventType type, uint number)
    {
        foreach (var field in type.Fields)
        {
            if (field.Number == number)
            {
                return field.Ordinal;
            }
        }

        throw source.Wrong($"a field has number {number}, which event type '{type.Name}' does not know");
    }

    private static EvidenceEndData ReadEnd(ref ByteSource source)
    {
        var type = Evidence(ref source);
        EventKey? piece = source.Flag() ? new EventKey((ulong)source.Int64()) : null;
        return new EvidenceEndData(type) { Piece = piece, Case = Optional(ref source) };
    }

    private static CaseData ReadCase(ref ByteSource source)
    {
        var (id, type, verified) = (source.Text(), source.Text(), source.Flag());
        var evidence = source.Index(ushort.MaxValue + 2);
        return new CaseData(id, type) { Verified = verified, Evidence = evidence == 0 ? null : evidence - 1 };
    }

    private static DeadlineData ReadDeadline(ref ByteSource source, string kindName, ModelPackage package)
    {
        var kind = (DeadlineKind)source.Index((int)DeadlineKind.CaseOverdue + 1);
        var index = kind == DeadlineKind.Silence ? Reading(ref source, KindOf(ref source, kindName, package), package) : (int)source.UInt32();
        return new DeadlineData(kind, index) { Case = Optional(ref source) };
    }

    private static RelationData ReadRelation(ref ByteSource source, ModelPackage package) => new(Relation(ref source, package), source.Id());

    private static int Relation(ref ByteSource source, ModelPackage package)
    {
        var number = source.UInt32();
        return package.FindRelation(number)?.Index ?? throw source.Wrong($"a relation has number {number}, which package {package} does not know");
    }

    private static int Reading(ref ByteSource source, ElementKind kind, ModelPackage package)
    {
        var number = source.UInt32();
        var ordinal = kind.ReadingOf(number);
        return ordinal >= 0 ? ordinal : throw UnknownReading(ref source, number, kind, package);
    }

    private static int Evidence(ref ByteSource source) => source.Index(ushort.MaxValue + 1);

    private static string? Optional(ref ByteSource source) => source.Flag() ? source.Text() : null;

    private static ElementKind KindOf(ref ByteSource source, string name, ModelPackage package) =>
        source.Kind(package, name) ?? throw UnknownKind(ref source, name, package);

    private static EventFormatException UnknownReading(ref ByteSource source, uint number, ElementKind kind, ModelPackage package) =>
        source.Wrong($"a reading has number {number}, which kind '{kind.Name}' of package {package} does not know");

    private static EventFormatException UnknownKind(ref ByteSource source, string name, ModelPackage package) =>
        source.Wrong($"the subject is of kind '{name}', which package {package} does not know");
}
