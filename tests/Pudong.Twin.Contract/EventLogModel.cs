using CsCheck;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Contract;

/// <summary>Plays random steps on a log and on a list of lists, and asserts that they agree after each.</summary>
public static class EventLogModel
{
    private const int Partitions = 3;

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, Partitions - 1], Gen.Int[1, 12], (partition, count) => new Step(Kind.Append, partition, count))),
        (3, Gen.Select(Gen.Int[0, Partitions - 1], Gen.Int[0, 60], (partition, at) => new Step(Kind.Read, partition, at))),
        (1, Gen.Select(Gen.Int[0, Partitions - 1], Gen.Int[0, 60], (partition, at) => new Step(Kind.Trim, partition, at))),
        (1, Gen.Const(new Step(Kind.Reopen, 0, 0))));

    private enum Kind
    {
        Append,
        Read,
        Trim,
        Reopen,
    }

    /// <summary>Plays sequences of up to 40 steps.</summary>
    /// <param name="open">Opens an empty log with so many partitions.</param>
    /// <param name="reopen">Closes a log and opens what it stored again.</param>
    /// <param name="sequences">How many sequences to play, each on a log of its own.</param>
    public static void Sample(Func<int, Task<IEventLog>> open, Func<IEventLog, int, Task<IEventLog>> reopen, int sequences) =>
        AnyStep.Array[1, 40].Sample(
            steps => Play(steps, open, reopen).GetAwaiter().GetResult(),
            iter: sequences,
            threads: 1,
            print: steps => string.Join(", ", steps.Select(step => step.ToString())));

    private static async Task Play(Step[] steps, Func<int, Task<IEventLog>> open, Func<IEventLog, int, Task<IEventLog>> reopen)
    {
        var token = TestContext.Current.CancellationToken;
        var log = await open(Partitions);
        var model = Enumerable.Range(0, Partitions).Select(_ => new List<string>()).ToArray();
        for (var index = 0; index < steps.Length; index++)
        {
            var step = steps[index];
            var events = model[step.Partition];
            switch (step.Kind)
            {
                case Kind.Append:
                    await Append(log, step, $"step {index}", events, token);
                    break;
                case Kind.Read:
                    await Read(log, step, events, token);
                    break;
                case Kind.Trim:
                    await log.Trim(step.Partition, new LogPosition(step.Number), token);
                    break;
                default:
                    log = await reopen(log, Partitions);
                    break;
            }

            Assert.Equal(events.Count, (await log.Extent(step.Partition, token)).Head.Value);
        }
    }

    private static async Task Append(IEventLog log, Step step, string name, List<string> events, CancellationToken token)
    {
        var first = await log.Append(step.Partition, Events.Batch(name, step.Number), token);

        Assert.Equal(events.Count + 1, first.Value);
        events.AddRange(Enumerable.Range(0, step.Number).Select(number => $"{name}/{number}"));
    }

    private static async Task Read(IEventLog log, Step step, List<string> events, CancellationToken token)
    {
        var tail = (await log.Extent(step.Partition, token)).Tail.Value;
        if (step.Number >= tail)
        {
            Assert.Equal(events.Skip(step.Number - 1), await log.Texts(step.Partition, token, step.Number));
        }
        else if (tail > 1)
        {
            await Assert.ThrowsAsync<EventLogTrimmedException>(() => log.Texts(step.Partition, token, step.Number));
        }

        Assert.Equal(events.Skip((int)tail - 1), await log.Texts(step.Partition, token, tail));
    }

    private sealed record Step(Kind Kind, int Partition, int Number);
}
