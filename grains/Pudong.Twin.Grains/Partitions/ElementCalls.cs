using Microsoft.Extensions.Logging;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Calls each touched element of a batch once, a bounded number of them at a time, without a task for each.</summary>
/// <remarks>
/// An element that fails, does not answer in time, or did so a short while ago keeps no answer: the partition folds its events itself. Once an element of a batch has
/// not answered, those not yet called are folded too, so that no batch waits much longer than one patience.
/// </remarks>
internal sealed partial class ElementCalls(
    int partition, IGrainFactory grains, SiloAddress home, SiloGates gates, PartitionOptions options, TimeProvider time, ILogger logger)
{
    private readonly ElementReferences _references = new(grains, options.ReferenceLimit);
    private readonly Slot[] _slots = new Slot[options.CallLimit];
    private readonly Dictionary<ElementId, long> _resting = [];
    private Task _patience = Task.CompletedTask;
    private long _patienceEnds;
    private bool _timedOut;

    /// <summary>Whether elements that may be awake were passed over in the last batch, so that what they know of themselves is old.</summary>
    public bool Missed { get; private set; }

    /// <summary>Forgets references to elements that were not called for a while.</summary>
    public void Age()
    {
        _references.Age();
        if (_resting.Count > 0)
        {
            var now = time.GetTimestamp();
            foreach (var (id, until) in _resting)
            {
                if (until <= now)
                {
                    _resting.Remove(id);
                }
            }
        }
    }

    /// <summary>Asks the touched elements for their answers.</summary>
    /// <param name="batch">A batch with known states.</param>
    /// <param name="package">The package in force.</param>
    /// <param name="era">What the elements shall remember as the partition's era.</param>
    public async ValueTask Apply(Batch batch, PackageVersion package, long era)
    {
        (_timedOut, Missed) = (false, false);
        var first = 0;
        var next = 0;
        while (next < batch.Touched && !_timedOut)
        {
            if (next - first == _slots.Length)
            {
                await Finish(batch, first++);
            }

            if (Prepare(batch, next, package, era) is not { } call)
            {
                _slots[next++ % _slots.Length] = default;
                continue;
            }

            if (!call.Awake && !gates.Waking.Wait(0))
            {
                // Waiting with permits in hand could stop all partitions of the silo for ever.
                while (first < next)
                {
                    await Finish(batch, first++);
                }

                await gates.Waking.WaitAsync();
            }

            _slots[next++ % _slots.Length] = Start(call);
        }

        while (first < next)
        {
            await Finish(batch, first++);
        }
    }

    // Null for an element that is better left asleep.
    private Call? Prepare(Batch batch, int index, PackageVersion package, long era)
    {
        ref readonly var group = ref batch.Groups[index];
        if (_resting.Count > 0 && _resting.TryGetValue(group.Id, out var until) && until > time.GetTimestamp())
        {
            Missed = true;
            return null;
        }

        // Nobody can be waiting in an element that has only just come into being; a city of 1.6 million is registered without waking it.
        if (group.Known is null && !ElementGrainIds.IsAdded(group.Id.Kind) && !_references.IsAwake(group.Id))
        {
            return null;
        }

        var reference = _references.Of(group.Id, out var awake);
        return new Call(reference, new ElementBatch(group.Before, group.Shared, package, home, era), awake);
    }

    private Slot Start(in Call call)
    {
        try
        {
            return new Slot(call.Reference.Apply(call.Batch), time.GetTimestamp(), !call.Awake);
        }
        catch (Exception fault)
        {
            return new Slot(ValueTask.FromException<ElementApplied>(fault), 0, !call.Awake);
        }
    }

    private async ValueTask Finish(Batch batch, int index)
    {
        var slot = _slots[index % _slots.Length];
        if (!slot.Called)
        {
            return;
        }

        try
        {
            if (slot.Answer.IsCompletedSuccessfully)
            {
                Take(batch, index, slot.Answer.Result);
            }
            else
            {
                await Wait(batch, index, slot);
            }
        }
        catch (Exception fault)
        {
            Rest(batch.Groups[index].Id);
            LogFailed(partition, batch.Groups[index].Id, fault);
        }
        finally
        {
            if (slot.Woke)
            {
                gates.Waking.Release();
            }
        }
    }

    private async ValueTask Wait(Batch batch, int index, Slot slot)
    {
        var answer = slot.Answer.AsTask();
        if (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, PatienceFor(slot.Started));
            if (!answer.IsCompleted)
            {
                // Its late answer is worth nothing: the partition's state wins at the next call.
                answer.Ignore();
                _timedOut = true;
                Rest(batch.Groups[index].Id);
                LogNoAnswer(partition, batch.Groups[index].Id, options.ElementPatience);
                return;
            }
        }

        Take(batch, index, await answer);
    }

    // One timer serves all calls that end within a quarter of the patience.
    private Task PatienceFor(long started)
    {
        var ends = started + Ticks(options.ElementPatience);
        if (_patienceEnds < ends)
        {
            var rest = time.GetElapsedTime(time.GetTimestamp(), ends) + (options.ElementPatience / 4);
            _patienceEnds = ends + Ticks(options.ElementPatience / 4);
            _patience = Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time);
        }

        return _patience;
    }

    private static void Take(Batch batch, int index, ElementApplied answer)
    {
        ref var group = ref batch.Groups[index];
        if (answer.Results.Length != group.Events.Length || answer.State.Id != group.Id)
        {
            throw new InvalidOperationException($"Element {group.Id} answered {answer.Results.Length} results about {answer.State.Id}; {group.Events.Length} were asked for.");
        }

        group.Answer = answer;
    }

    private void Rest(ElementId id)
    {
        Missed = true;
        if (_resting.Count < options.CallLimit)
        {
            _resting[id] = time.GetTimestamp() + Ticks(options.ElementRest);
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Element {Id} failed; partition {Partition} folds its events itself.")]
    private partial void LogFailed(int partition, ElementId id, Exception fault);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Element {Id} did not answer within {Patience}; partition {Partition} folds its events itself.")]
    private partial void LogNoAnswer(int partition, ElementId id, TimeSpan patience);

    private readonly record struct Call(IElementGrain Reference, ElementBatch Batch, bool Awake);

    private readonly struct Slot(ValueTask<ElementApplied> answer, long started, bool woke)
    {
        public ValueTask<ElementApplied> Answer { get; } = answer;

        public long Started { get; } = started;

        public bool Woke { get; } = woke;

        public bool Called { get; } = true;
    }
}
