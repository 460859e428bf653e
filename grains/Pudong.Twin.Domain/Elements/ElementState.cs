using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Sensing;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Everything the twin knows about one element. Immutable; the kernel replaces it whole.</summary>
/// <remarks>
/// Ordinals (of attributes and readings) and indexes (of relation kinds and evidence types) are those of the package in force. What changes seldom lies in a profile
/// that successive states share, and what most elements do not have is shared by all of them: a city has 1.6 million states.
/// </remarks>
[Immutable]
public sealed class ElementState
{
    private readonly byte _marks;
    private readonly int _revision;

    internal ElementState(ElementContent content)
    {
        Id = content.Id;
        _revision = content.Revision;
        _marks = content.Marks;
        Position = content.Position;
        Clock = content.Clock;
        NextDue = content.NextDue;
        Profile = content.Profile;
        Risk = content.Risk;
        Readings = content.Readings;
        Memory = content.Memory;
    }

    internal ElementState(Draft draft)
    {
        Id = draft.Before.Id;
        _revision = draft.Revision;
        _marks = (byte)((draft.IsRegistered ? ElementContent.Registered : 0) | (draft.IsRetired ? ElementContent.Retired : 0));
        Position = draft.Position;
        Clock = draft.Clock;
        NextDue = draft.NextDue;
        Profile = draft.Profile;
        Risk = draft.Risk;
        Readings = draft.Readings;
        Memory = draft.Memory;
    }

    /// <summary>Kind and key.</summary>
    public ElementId Id { get; }

    /// <summary>How many changes the element has seen; 0 when nothing has happened to it.</summary>
    public long Revision => _revision;

    /// <summary>The place of the last event that it took in, in the log of its partition. It is no part of the state hash.</summary>
    public LogPosition Position { get; }

    /// <summary>The latest event time it has met, T, in Unix milliseconds; <see cref="long.MinValue"/> before the first event.</summary>
    public long Clock { get; }

    /// <summary>When the next deadline falls due, in Unix milliseconds; <see cref="long.MaxValue"/> when there is none. <see cref="Deadlines"/> says which.</summary>
    public long NextDue { get; }

    /// <summary>Whether the element was registered.</summary>
    public bool IsRegistered => (_marks & ElementContent.Registered) != 0;

    /// <summary>Whether others name it in their relations although it was never registered, or has retired.</summary>
    public bool IsDangling => (!IsRegistered || IsRetired) && !Relations.IsEmpty;

    /// <summary>Whether the element has retired: it stays readable, and takes no more events from outside but a new registration.</summary>
    public bool IsRetired => (_marks & ElementContent.Retired) != 0;

    /// <summary>Evidence, influences and band.</summary>
    public RiskState Risk { get; }

    /// <summary>The readings that were measured, by rising ordinal; empty for all but sensors.</summary>
    public ImmutableArray<ReadingState> Readings { get; }

    /// <summary>The attributes that were observed, by rising ordinal. The last one may be the name, with <see cref="ObservedValue.NameOrdinal"/>. They are unpacked for each call.</summary>
    public ImmutableArray<ObservedValue> Attributes => Profile.Attributes.ToArray();

    /// <summary>The relations, as owner or as the other end.</summary>
    public ImmutableArray<Relation> Relations => Profile.Relations;

    /// <summary>Relations that have ended: the last <see cref="RelationHistory.Limit"/>, oldest first.</summary>
    public ImmutableArray<EndedRelation> EndedRelations => Profile.Dossier.Ended;

    /// <summary>The open cases about the element.</summary>
    public ImmutableArray<OpenCase> OpenCases => Profile.Dossier.Cases;

    /// <summary>The last changes, oldest first, bounded by the kind.</summary>
    public ImmutableArray<ElementChange> Changes => Profile.Dossier.Changes;

    /// <summary>Single pieces of evidence that can still be withdrawn, oldest first.</summary>
    public ImmutableArray<EvidencePiece> Pieces => Profile.Dossier.Pieces;

    /// <summary>What people call the element; null when nobody said.</summary>
    public string? Name => AttributeAt(ObservedValue.NameOrdinal).Text;

    /// <summary>Where it is: a point or a shape in CRS84; NULL when nobody said.</summary>
    public Value Geometry => Profile.Geometry;

    /// <summary>The longitude and latitude of a point in degrees, NaN for any other place: what columns keep.</summary>
    public (double Longitude, double Latitude) Point => (Profile.Longitude, Profile.Latitude);

    internal Profile Profile { get; }

    internal EventMemory Memory { get; }

    /// <summary>An element to which nothing has happened yet.</summary>
    /// <param name="id">Its id.</param>
    public static ElementState Unknown(ElementId id) => new(new ElementContent(id));

    /// <summary>The value of an attribute.</summary>
    /// <param name="ordinal">The attribute's ordinal in its kind.</param>
    /// <returns>The value; NULL when none was observed.</returns>
    public Value AttributeAt(int ordinal) => Profile.Attributes.ValueOf(ordinal);

    /// <summary>What is known of a reading.</summary>
    /// <param name="ordinal">The reading's ordinal in its kind.</param>
    /// <returns>The reading; null when it was never measured.</returns>
    public ReadingState? ReadingAt(int ordinal)
    {
        foreach (ref readonly var reading in Readings.AsSpan())
        {
            if (reading.Ordinal == ordinal)
            {
                return reading;
            }
        }

        return null;
    }

    /// <summary>Id and revision, for debugging.</summary>
    public override string ToString() => $"{Id} at revision {Revision}";
}
