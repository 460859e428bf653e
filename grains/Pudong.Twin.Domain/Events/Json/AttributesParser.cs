using System.Collections.Immutable;
using System.Text.Json;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads what is said of an element itself: attributes, name, place, relations.</summary>
internal sealed class AttributesParser(PackageNames names, Refusals refusals, CloudEventOptions options, EventStrings strings)
{
    private const int NameLength = 256;
    private const int RelationLimit = 256;

    private static readonly MemberNames RegistrationMembers = new("attributes", "name", "geometry", "relations");
    private static readonly MemberNames ObservationMembers = new("attributes", "name", "geometry");
    private static readonly MemberNames RelationMembers = new("relation", "target");

    private readonly MemberParser _members = new(refusals);
    private readonly MemberParser _inner = new(refusals);
    private readonly ValueParser _values = new(refusals, options);

    /// <summary>The data of a registration or an observation; null when it is refused.</summary>
    public AttributeData? Read(ref Utf8JsonReader reader, ElementId subject, ElementKind kind, bool withRelations)
    {
        if (!_members.Begin(ref reader))
        {
            return null;
        }

        ImmutableArray<AttributeValue> attributes = [];
        ImmutableArray<RelationData> relations = [];
        string? name = null;
        var geometry = Value.Null;
        while (_members.Next(ref reader, withRelations ? RegistrationMembers : ObservationMembers) is var member and >= 0)
        {
            var right = member switch
            {
                0 => TryAttributes(ref reader, kind, out attributes),
                1 => _members.TryText(ref reader, "name", NameLength, out name),
                2 => reader.TokenType == JsonTokenType.Null || _values.TryGeometry(ref reader, out geometry),
                _ => TryRelations(ref reader, subject, out relations),
            };
            if (!right || !_members.End())
            {
                return null;
            }
        }

        return _members.IsDone ? new AttributeData(attributes, relations) { Geometry = geometry, Name = name } : null;
    }

    /// <summary>One relation; null when it is refused.</summary>
    public RelationData? ReadRelation(ref Utf8JsonReader reader, ElementId subject)
    {
        if (!_inner.Begin(ref reader))
        {
            return null;
        }

        RelationKind? relation = null;
        ElementId? target = null;
        while (_inner.Next(ref reader, RelationMembers) is var member and >= 0)
        {
            var right = member == 0
                ? names.Relations.TryFind(ref reader, out relation) || _inner.Unknown(ref reader, RefusalReason.UnknownRelation, "relation", names.Relations.Names)
                : TryTarget(ref reader, out target);
            if (!right || !_inner.End())
            {
                return null;
            }
        }

        return _inner.IsDone && _inner.Need(relation is not null, "relation") && _inner.Need(target is not null, "target") && MayJoin(relation!, subject, target!)
            ? new RelationData(relation!.Index, target!)
            : null;
    }

    private bool MayJoin(RelationKind relation, ElementId subject, ElementId target)
    {
        if (subject == target)
        {
            return _inner.RefuseAt("target", RefusalReason.RelationToItself, $"The relation '{relation.Name}' leads from '{subject}' to itself; expected another element.");
        }

        if (names.Package.FindKind(target.Kind) is null)
        {
            return _inner.RefuseAt("target", RefusalReason.UnknownKind, $"Package {names.Package} has no kind '{target.Kind}'; expected a target of a known kind.");
        }

        return (relation.MayBeFrom(subject.Kind) && relation.MayBeTo(target.Kind))
            || _inner.RefuseAt("target", RefusalReason.RelationNotAllowed, $"The relation '{relation.Name}' does not lead from kind '{subject.Kind}' to kind '{target.Kind}'; expected from {Listed(relation.From)} to {Listed(relation.To)}.");
    }

    private bool TryTarget(ref Utf8JsonReader reader, out ElementId? target)
    {
        target = null;
        if (reader.TokenType != JsonTokenType.String)
        {
            return refusals.Refuse(RefusalReason.WrongType, $"The 'target' is {Refusals.Shown(ref reader)}; expected the id of an element.");
        }

        target = reader.ValueIsEscaped ? null : strings.Id(reader.ValueSpan);
        return target is not null
            || refusals.Refuse(RefusalReason.InvalidSubject, ElementId.MistakeIn(reader.ValueSpan.Length > 1_024 ? "…" : reader.GetString()!));
    }

    private bool TryRelations(ref Utf8JsonReader reader, ElementId subject, out ImmutableArray<RelationData> relations)
    {
        relations = [];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return refusals.Refuse(RefusalReason.WrongType, $"The 'relations' are {Refusals.Shown(ref reader)}; expected an array.");
        }

        var read = new List<RelationData>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            refusals.Enter(read.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (read.Count == RelationLimit)
            {
                return refusals.Refuse(RefusalReason.TooLarge, $"A registration has more than {RelationLimit} relations; expected less, and the rest by events of their own.");
            }

            if (ReadRelation(ref reader, subject) is not { } relation)
            {
                return false;
            }

            read.Add(relation);
            refusals.Leave();
        }

        relations = [.. read];
        return true;
    }

    private bool TryAttributes(ref Utf8JsonReader reader, ElementKind kind, out ImmutableArray<AttributeValue> attributes)
    {
        attributes = [];
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return refusals.Refuse(RefusalReason.WrongType, $"The 'attributes' are {Refusals.Shown(ref reader)}; expected an object.");
        }

        var table = names.Attributes[kind];
        var read = new List<AttributeValue>(8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!table.TryFind(ref reader, out var attribute))
            {
                refusals.Enter(reader.ValueSpan.Length > 256 ? "…" : reader.GetString()!);
                return _inner.Unknown(ref reader, RefusalReason.UnknownField, $"attribute of kind '{kind.Name}'", table.Names);
            }

            refusals.Enter(attribute.Name);
            reader.Read();
            if (!_values.TryRead(ref reader, attribute, out var value))
            {
                return false;
            }

            read.Add(new AttributeValue(attribute.Ordinal, value));
            refusals.Leave();
        }

        return TrySort(read, kind, out attributes);
    }

    private bool TrySort(List<AttributeValue> read, ElementKind kind, out ImmutableArray<AttributeValue> attributes)
    {
        read.Sort(static (left, right) => left.Attribute.CompareTo(right.Attribute));
        attributes = [.. read];
        for (var index = 1; index < read.Count; index++)
        {
            if (read[index].Attribute == read[index - 1].Attribute)
            {
                var name = kind.Attributes[read[index].Attribute].Name;
                return _members.RefuseAt(name, RefusalReason.RepeatedMember, $"The member '{name}' stands twice; expected it once.");
            }
        }

        return true;
    }

    private static string Listed(System.Collections.Frozen.FrozenSet<string> kinds) => kinds.Count == 0 ? "any kind" : string.Join(", ", kinds.Order(StringComparer.Ordinal));
}
