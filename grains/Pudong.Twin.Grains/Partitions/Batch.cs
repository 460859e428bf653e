using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>A stretch of the log on its way into a partition: its events in order, and grouped by element. Its buffers are used again.</summary>
/// <remarks>Until it is committed nothing of the partition has changed; whatever goes wrong before, the stretch is simply taken again.</remarks>
internal sealed class Batch(int partitions)
{
    private readonly Dictionary<ElementId, int> _groupOf = [];
    private PositionedEvent[] _events = new PositionedEvent[256];
    private int[] _groups = new int[256];
    private Group[] _touched = new Group[256];

    /// <summary>The last position that was looked at.</summary>
    public LogPosition Through { get; private set; }

    /// <summary>How many events go to elements.</summary>
    public int Count { get; private set; }

    /// <summary>How many elements are touched.</summary>
    public int Touched { get; private set; }

    /// <summary>The marks as they are after this batch.</summary>
    public CauseMarks Marks { get; } = new(partitions);

    /// <summary>The events that cannot be applied.</summary>
    public List<QuarantineEntry> Refused { get; } = [];

    /// <summary>A change of package that ends the batch; default when there is none.</summary>
    public PositionedEvent Barrier { get; private set; }

    /// <summary>Events left out because they were taken in before: repeats of derived events.</summary>
    public int Repeats { get; private set; }

    /// <summary>The touched elements.</summary>
    public Span<Group> Groups => _touched.AsSpan(0, Touched);

    /// <summary>The events in the order of the log.</summary>
    public ReadOnlySpan<PositionedEvent> Events => _events.AsSpan(0, Count);

    /// <summary>Which of <see cref="Groups"/> each event belongs to.</summary>
    public ReadOnlySpan<int> GroupOf => _groups.AsSpan(0, Count);

    /// <summary>Begins anew.</summary>
    /// <param name="applied">The last position that the partition has taken in.</param>
    /// <param name="marks">The partition's marks.</param>
    public void Begin(LogPosition applied, CauseMarks marks)
    {
        Through = applied;
        Marks.CopyFrom(marks);
        _groupOf.Clear();
        // Nothing of the last batch may be kept alive by the buffers.
        Array.Clear(_events, 0, Count);
        Array.Clear(_touched, 0, Touched);
        (Count, Touched, Repeats, Barrier) = (0, 0, 0, default);
        Refused.Clear();
    }

    /// <summary>Adds an event.</summary>
    public void Add(LogPosition position, TwinEvent e)
    {
        Through = position;
        if (Count == _events.Length)
        {
            Array.Resize(ref _events, 2 * Count);
            Array.Resize(ref _groups, 2 * Count);
        }

        _events[Count] = new PositionedEvent(position, e);
        _groups[Count++] = Touch(e.Subject);
    }

    /// <summary>Leaves out a derived event that was taken in before.</summary>
    public void Skip(LogPosition position)
    {
        Through = position;
        Repeats++;
    }

    /// <summary>Puts an event aside that cannot be applied.</summary>
    public void Refuse(QuarantineEntry entry)
    {
        Through = entry.Position;
        Refused.Add(entry);
    }

    /// <summary>Ends the batch with a change of package.</summary>
    public void End(LogPosition position, TwinEvent activation)
    {
        Through = position;
        Barrier = new PositionedEvent(position, activation);
    }

    /// <summary>Gives each touched element its events.</summary>
    public void Spread()
    {
        var groups = Groups;
        foreach (ref var group in groups)
        {
            group.Events = new PositionedEvent[group.Length];
            group.Length = 0;
        }

        for (var i = 0; i < Count; i++)
        {
            ref var group = ref groups[_groups[i]];
            group.Events[group.Length++] = _events[i];
        }
    }

    /// <summary>Begins to walk over the answers in the order of the log.</summary>
    public void Rewind()
    {
        foreach (ref var group in Groups)
        {
            group.Length = 0;
        }
    }

    private int Touch(ElementId id)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_groupOf, id, out var known);
        if (!known)
        {
            if (Touched == _touched.Length)
            {
                Array.Resize(ref _touched, 2 * Touched);
            }

            _touched[Touched].Id = id;
            place = Touched++;
        }

        _touched[place].Length++;
        return place;
    }

    /// <summary>An element and its part of the batch.</summary>
    internal struct Group
    {
        public ElementId Id;

        /// <summary>The state before the batch; null when nothing has happened to the element.</summary>
        public ElementState? Known;

        public PositionedEvent[] Events;

        /// <summary>While the batch is filled, spread and walked over: how many events so far.</summary>
        public int Length;

        /// <summary>What became of the events; null as long as nobody said.</summary>
        public ElementApplied? Answer;

        public readonly ElementState Before => Known ?? ElementState.Unknown(Id);

        public readonly ImmutableArray<PositionedEvent> Shared => ImmutableCollectionsMarshal.AsImmutableArray(Events);
    }
}
