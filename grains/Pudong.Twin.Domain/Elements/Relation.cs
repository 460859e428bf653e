namespace Pudong.Twin.Domain.Elements;

/// <summary>A typed relation of an element to another one, as either end knows it.</summary>
/// <remarks>16 bytes: the time has 44 bits (1691 to 2248) and shares a word with the kind and the side.</remarks>
public readonly struct Relation
{
    private const int TimeShift = 20;
    private const int OwnerBit = 1 << 16;

    private readonly long _timeOwnerKind;

    /// <summary>Makes a relation.</summary>
    /// <param name="kind">Index of the relation kind.</param>
    /// <param name="other">The other end.</param>
    /// <param name="isOwner">True at the element that the relation was declared on, false at the end that was told of it.</param>
    /// <param name="since">When it began, in Unix milliseconds.</param>
    public Relation(int kind, ElementId other, bool isOwner, long since)
    {
        Other = other;
        _timeOwnerKind = (since << TimeShift) | (isOwner ? OwnerBit : 0L) | (ushort)kind;
    }

    /// <summary>The other end.</summary>
    public ElementId Other { get; }

    /// <summary>Index of the relation kind.</summary>
    public int Kind => (ushort)_timeOwnerKind;

    /// <summary>True at the element that the relation was declared on: it points from here to <see cref="Other"/>.</summary>
    public bool IsOwner => (_timeOwnerKind & OwnerBit) != 0;

    /// <summary>When it began, in Unix milliseconds.</summary>
    public long Since => _timeOwnerKind >> TimeShift;

    /// <summary>Whether two relations are of one kind, between the same elements and in the same direction.</summary>
    /// <param name="other">Another relation of the same element.</param>
    public bool IsSameAs(in Relation other) => Kind == other.Kind && IsOwner == other.IsOwner && Other == other.Other;
}

/// <summary>A relation that has ended and stays as history.</summary>
/// <param name="Relation">The relation as it was.</param>
/// <param name="Until">When it ended, in Unix milliseconds.</param>
public readonly record struct EndedRelation(Relation Relation, long Until);
