using System.Collections.Frozen;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads the relation kinds.</summary>
internal static class RelationReader
{
    /// <summary>One relation kind; in a later package <c>extend</c> adds kinds to it.</summary>
    public static void Read(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "relation", NameRules.IsCamel, "locatedIn", draft.Errors);
        if (members.Truth("extend"))
        {
            Extend(name, members, draft);
            return;
        }

        if (!NumberChecks.Check(name, "relation", draft.Relations.Select(known => known.Name), draft.Errors))
        {
            return;
        }

        draft.Relations.Add(new RelationKind(draft.Relations.Count, name.Value)
        {
            Title = members.Local("title", required: true),
            InverseTitle = members.Local("inverse", required: true),
            From = draft.KindsOf(members, "from").ToFrozenSet(StringComparer.Ordinal),
            To = draft.KindsOf(members, "to").ToFrozenSet(StringComparer.Ordinal),
            Containment = members.Truth("containment"),
            Limit = members.Integer("limit", 1, 4_096) ?? 64,
        });
        members.RefuseOthers();
    }

    private static void Extend(YamlScalar name, Members members, Draft draft)
    {
        var from = draft.KindsOf(members, "from");
        var to = draft.KindsOf(members, "to");
        members.RefuseOthers();
        if (draft.FindRelation(name) is { } known)
        {
            draft.Relations[known.Index] = known with { From = With(known.From, from), To = With(known.To, to) };
        }
    }

    // An empty set stands for all kinds, so there is nothing to add to it.
    private static FrozenSet<string> With(FrozenSet<string> known, List<string> more) =>
        known.Count == 0 ? known : known.Concat(more).ToFrozenSet(StringComparer.Ordinal);
}
