using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using EventResult = Pudong.Twin.Contracts.Elements.EventResult;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Keeps what became of submitted events until their senders fetch it.</summary>
/// <remarks>An event may take effect before its append has answered: so its key is awaited from before the append on. Costs nothing while nobody waits.</remarks>
internal sealed class SubmitDesk(int limit)
{
    private readonly Dictionary<EventKey, int> _keys = [];
    private readonly Dictionary<LogPosition, SubmitResult> _results = [];
    private int _waiting;

    /// <summary>Whether anybody waits.</summary>
    public bool IsWaiting => _waiting > 0;

    /// <summary>Begins to wait for an event.</summary>
    /// <param name="key">The event's key.</param>
    /// <exception cref="PartitionBusyException">As many wait as are allowed.</exception>
    public void Begin(EventKey key)
    {
        if (_waiting >= limit)
        {
            throw new PartitionBusyException($"{limit} submitted events wait already, as many as Twin:Partitions:WaiterLimit allows; try again later.");
        }

        _waiting++;
        _keys[key] = _keys.GetValueOrDefault(key) + 1;
    }

    /// <summary>Notes what became of an event, if anybody waits for its key.</summary>
    /// <param name="at">The event and its place.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="state">The element after the batch.</param>
    public void Note(in PositionedEvent at, in EventResult result, ElementState state)
    {
        if (_keys.ContainsKey(at.Event.Key))
        {
            _results[at.Position] = new SubmitResult(result.Outcome, at.Position, state.Revision) { Refusal = result.Refusal };
        }
    }

    /// <summary>What became of the event at a position.</summary>
    /// <param name="position">A position that was applied.</param>
    /// <returns>The result; null when the event could not even be read.</returns>
    public SubmitResult? ResultAt(LogPosition position) => _results.GetValueOrDefault(position);

    /// <summary>Ends the waiting for an event.</summary>
    /// <param name="key">The event's key.</param>
    public void End(EventKey key)
    {
        if (--_keys[key] == 0)
        {
            _keys.Remove(key);
        }

        if (--_waiting == 0)
        {
            _results.Clear();
        }
    }
}
