using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Domain.Elements;

/// <summary>What a state is made of when it does not follow from an event: read from bytes, or taken over to another package.</summary>
/// <param name="Id">Kind and key.</param>
internal sealed record ElementContent(ElementId Id)
{
    /// <summary>The bit of <see cref="Marks"/> that says: registered.</summary>
    public const byte Registered = 1;

    /// <summary>The bit of <see cref="Marks"/> that says: retired.</summary>
    public const byte Retired = 2;

    public int Revision { get; init; }

    public byte Marks { get; init; }

    public long Clock { get; init; } = long.MinValue;

    public long NextDue { get; init; } = long.MaxValue;

    public LogPosition Position { get; init; }

    public EventMemory Memory { get; init; }

    public Profile Profile { get; init; } = Profile.Empty;

    public RiskState Risk { get; init; } = RiskState.Quiet;

    public ImmutableArray<ReadingState> Readings { get; init; } = [];
}
