using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Relations: both ends know each; the owner tells the other end before anything else.</summary>
internal static class Relating
{
    // What a target may be told of: a village has thousands of buildings, and no element may grow for ever.
    private const int MirrorLimit = 65_536;

    /// <summary>A relation from the element to another one begins.</summary>
    public static void Add(Draft draft, RelationData data, long time)
    {
        if (MistakeIn(draft, data) is { } mistake)
        {
            draft.Refuse(mistake.Reason, mistake.Message);
            return;
        }

        var relation = new Relation(data.Relation, data.Target, isOwner: true, time);
        if (RelationHistory.IndexOf(draft.Profile.Relations, relation) >= 0 || RelationHistory.HasEndedSince(draft.Profile.Dossier.Ended, relation, time))
        {
            return;
        }

        if (OwnedOf(draft, data.Relation) >= draft.Package.Relations[data.Relation].Limit)
        {
            var kind = draft.Package.Relations[data.Relation];
            draft.Refuse(RefusalReason.TooManyRelations, $"Element {draft.Before.Id} has {kind.Limit} relations '{kind.Name}', as many as package {draft.Package.Version} allows; remove one first.");
            return;
        }

        draft.Profile = draft.Profile with { Relations = draft.Profile.Relations.Add(relation) };
        Tell(draft, data.Target, new MirrorData(data.Relation, draft.Before.Id, Added: true), time);
        draft.Changed();
    }

    /// <summary>A relation from the element to another one ends.</summary>
    public static void Remove(Draft draft, RelationData data, long time)
    {
        if ((uint)data.Relation >= (uint)draft.Package.Relations.Length)
        {
            draft.Refuse(RefusalReason.UnknownRelation, $"Package {draft.Package.Version} has no relation kind with index {data.Relation}.");
            return;
        }

        var relation = new Relation(data.Relation, data.Target, isOwner: true, time);
        var place = RelationHistory.IndexOf(draft.Profile.Relations, relation);
        if (place < 0)
        {
            // The removal came before what it removes: an older beginning that arrives later then stays ended.
            draft.Profile = RelationHistory.HasEndedSince(draft.Profile.Dossier.Ended, relation, time) ? draft.Profile : draft.Profile.Remembering(relation, time);
            return;
        }

        if (draft.Profile.Relations[place].Since > time)
        {
            return;
        }

        draft.Profile = draft.Profile.Ended(place, time);
        Tell(draft, data.Target, new MirrorData(data.Relation, draft.Before.Id, Added: false), time);
        draft.Changed();
    }

    /// <summary>The owner of a relation says that it begins or ends. What it says comes in order.</summary>
    public static void Mirror(Draft draft, MirrorData data, long time)
    {
        var relation = new Relation(data.Relation, data.Owner, isOwner: false, time);
        var place = RelationHistory.IndexOf(draft.Profile.Relations, relation);
        if (data.Added == (place >= 0))
        {
            return;
        }

        if (!data.Added)
        {
            draft.Profile = draft.Profile.Ended(place, time);
        }
        else if (draft.Profile.Relations.Length >= MirrorLimit)
        {
            draft.Refuse(RefusalReason.TooManyRelations, $"Element {draft.Before.Id} is the other end of {MirrorLimit} relations, the most there may be; relate {data.Owner} to a smaller element.");
        }
        else
        {
            draft.Profile = draft.Profile with { Relations = draft.Profile.Relations.Add(relation) };
        }

        draft.Changed();
    }

    /// <summary>The element ends, and with it its relations, whoever owns them.</summary>
    public static void Retire(Draft draft, TwinEvent e)
    {
        if (draft.IsRetired)
        {
            return;
        }

        draft.IsRetired = true;
        while (!draft.Profile.Relations.IsEmpty)
        {
            var relation = draft.Profile.Relations[0];
            draft.Profile = draft.Profile.Ended(0, e.Time);
            if (relation.IsOwner)
            {
                Tell(draft, relation.Other, new MirrorData(relation.Kind, draft.Before.Id, Added: false), e.Time);
            }
            else
            {
                // Only the owner can end its relation; it is asked to.
                draft.Add(new DerivedEvent(relation.Other, BuiltIn.RelationRemoved, e.Time, new RelationData(relation.Kind, draft.Before.Id)));
            }
        }

        draft.Changed();
    }

    private static Refusal? MistakeIn(Draft draft, RelationData data)
    {
        if ((uint)data.Relation >= (uint)draft.Package.Relations.Length)
        {
            return new Refusal(RefusalReason.UnknownRelation, $"Package {draft.Package.Version} has no relation kind with index {data.Relation}.", "");
        }

        var kind = draft.Package.Relations[data.Relation];
        if (data.Target == draft.Before.Id)
        {
            return new Refusal(RefusalReason.RelationToItself, $"Element {draft.Before.Id} cannot have a relation '{kind.Name}' to itself; name another element as target.", "");
        }

        return kind.MayBeFrom(draft.Kind.Name) && kind.MayBeTo(data.Target.Kind) ? null : new Refusal(
            RefusalReason.RelationNotAllowed, $"Relation '{kind.Name}' of package {draft.Package.Version} does not lead from kind '{draft.Kind.Name}' to kind '{data.Target.Kind}'.", "");
    }

    private static int OwnedOf(Draft draft, int kind)
    {
        var count = 0;
        foreach (ref readonly var relation in draft.Profile.Relations.AsSpan())
        {
            count += relation.IsOwner && relation.Kind == kind ? 1 : 0;
        }

        return count;
    }

    private static void Tell(Draft draft, ElementId target, MirrorData data, long time) =>
        draft.Add(new DerivedEvent(target, BuiltIn.RelationMirrored, time, data));
}
