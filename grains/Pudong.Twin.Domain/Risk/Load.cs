using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Accumulated evidence of one type on one element: a risk load that halves with time.</summary>
/// <remarks>RISK-MODEL.md, sections 3 and 9: <c>(A, u)</c>. 32 bytes. The cap acts on reading, never on writing.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.load")]
public readonly record struct Load
{
    /// <summary>The value of <see cref="ClearedAt"/> when nothing was ever cleared.</summary>
    public const long Never = long.MinValue;

    /// <summary>Makes a load.</summary>
    /// <param name="type">The index of its evidence type.</param>
    /// <param name="amount">In nats, 0 or more.</param>
    /// <param name="at">The anchor time, in Unix milliseconds.</param>
    /// <param name="pieces">The number of pieces of evidence in it.</param>
    /// <param name="clearedAt">The last clearing, in Unix milliseconds, or <see cref="Never"/>.</param>
    /// <param name="clearedAsFalse">Whether that clearing was a withdrawal as false.</param>
    public Load(ushort type, double amount, long at, uint pieces = 1, long clearedAt = Never, bool clearedAsFalse = false)
    {
        Type = type;
        Amount = amount;
        At = at;
        Pieces = pieces;
        ClearedAt = clearedAt;
        ClearedAsFalse = clearedAsFalse;
    }

    /// <summary><c>A</c>: the load as of <see cref="At"/>, in nats, 0 or more, not capped.</summary>
    [Id(0)]
    public double Amount { get; init; }

    /// <summary><c>u</c>: the anchor time, in Unix milliseconds.</summary>
    [Id(1)]
    public long At { get; init; }

    /// <summary>When the condition was last cleared, in Unix milliseconds; <see cref="Never"/> if it was not.</summary>
    [Id(2)]
    public long ClearedAt { get; init; }

    /// <summary>The number of pieces of evidence that came together here.</summary>
    [Id(3)]
    public uint Pieces { get; init; }

    /// <summary>The index of the evidence type.</summary>
    [Id(4)]
    public ushort Type { get; init; }

    /// <summary>Whether the clearing at <see cref="ClearedAt"/> withdrew the evidence as false: late evidence from before it then counts nothing.</summary>
    [Id(5)]
    public bool ClearedAsFalse { get; init; }

    /// <summary>What is left at a time, in nats, not capped; before <see cref="At"/> the load itself: <c>A·g(t − u, H)</c>.</summary>
    /// <param name="time">Event time, in Unix milliseconds.</param>
    /// <param name="halfLifeHours">The half-life of the type, in hours, more than zero.</param>
    public double AmountAt(long time, double halfLifeHours) => time <= At ? Amount : Amount * Decay.Factor(time - At, halfLifeHours);
}
