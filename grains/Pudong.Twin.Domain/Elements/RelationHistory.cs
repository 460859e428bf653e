using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Relations that come and go, and the history that stays of them.</summary>
public static class RelationHistory
{
    /// <summary>How many ended relations an element keeps.</summary>
    public const int Limit = 16;

    /// <summary>The place of a relation of the same kind, side and other end.</summary>
    /// <param name="relations">An element's relations.</param>
    /// <param name="wanted">The relation looked for.</param>
    /// <returns>The place, or −1 when there is none.</returns>
    internal static int IndexOf(ImmutableArray<Relation> relations, in Relation wanted)
    {
        for (var i = 0; i < relations.Length; i++)
        {
            if (relations[i].IsSameAs(wanted))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether the same relation has ended at a time or later.</summary>
    /// <param name="ended">An element's ended relations.</param>
    /// <param name="relation">The relation.</param>
    /// <param name="time">In Unix milliseconds.</param>
    internal static bool HasEndedSince(ImmutableArray<EndedRelation> ended, in Relation relation, long time)
    {
        foreach (ref readonly var past in ended.AsSpan())
        {
            if (past.Until >= time && past.Relation.IsSameAs(relation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The profile without a relation, which goes into its history.</summary>
    /// <param name="profile">An element's profile.</param>
    /// <param name="place">The relation's place.</param>
    /// <param name="until">When it ended, in Unix milliseconds.</param>
    internal static Profile Ended(this Profile profile, int place, long until) =>
        profile.Remembering(profile.Relations[place], until) with { Relations = profile.Relations.RemoveAt(place) };

    /// <summary>The profile with a relation in its history.</summary>
    /// <param name="profile">An element's profile.</param>
    /// <param name="relation">The relation.</param>
    /// <param name="until">When it ended, in Unix milliseconds.</param>
    internal static Profile Remembering(this Profile profile, in Relation relation, long until) =>
        profile with { Dossier = profile.Dossier with { Ended = profile.Dossier.Ended.Append(new EndedRelation(relation, until), Limit) } };
}
