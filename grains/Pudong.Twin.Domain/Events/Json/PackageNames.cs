using System.Runtime.CompilerServices;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>The names of a package, ready to be looked up by the readers of JSON; made once for each package.</summary>
internal sealed class PackageNames
{
    private static readonly ConditionalWeakTable<ModelPackage, PackageNames> Made = [];

    private PackageNames(ModelPackage package)
    {
        Package = package;
        EventTypes = Table(package.EventTypes, type => type.Name);
        Evidence = Table(package.Risk.Types, type => type.Name);
        Relations = Table(package.Relations, relation => relation.Name);
        CaseTypes = Table(package.Content.CaseTypes, type => type.Name);
        Attributes = package.Kinds.ToDictionary(kind => kind, kind => Table(kind.Attributes, attribute => attribute.Name));
        Readings = package.Kinds.ToDictionary(kind => kind, kind => Table(kind.Readings, reading => reading.Name));
        Fields = new Dictionary<EventType, NameTable<AttributeDefinition>>(
            package.EventTypes.Select(type => KeyValuePair.Create(type, Table(type.Fields, field => field.Name))), ReferenceEqualityComparer.Instance);
    }

    public ModelPackage Package { get; }

    public NameTable<EventType> EventTypes { get; }

    public NameTable<EvidenceType> Evidence { get; }

    public NameTable<RelationKind> Relations { get; }

    public NameTable<CaseType> CaseTypes { get; }

    /// <summary>The attributes by kind.</summary>
    public Dictionary<ElementKind, NameTable<AttributeDefinition>> Attributes { get; }

    /// <summary>The readings by kind.</summary>
    public Dictionary<ElementKind, NameTable<ReadingDefinition>> Readings { get; }

    /// <summary>The fields by event type.</summary>
    public Dictionary<EventType, NameTable<AttributeDefinition>> Fields { get; }

    public static PackageNames Of(ModelPackage package) => Made.GetValue(package, static package => new PackageNames(package));

    private static NameTable<T> Table<T>(IEnumerable<T> parts, Func<T, string> nameOf) =>
        new(parts.Select(part => KeyValuePair.Create(nameOf(part), part)));
}
