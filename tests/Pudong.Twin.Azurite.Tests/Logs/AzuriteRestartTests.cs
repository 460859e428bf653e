using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Azure.Logs;
using Xunit;

namespace Pudong.Twin.Azurite.Tests.Logs;

/// <summary>The storage goes away under load and comes back.</summary>
public sealed class AzuriteRestartTests(AzuriteFixture azurite)
{
    private const int Writers = 4;
    private const int Partitions = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_WhileTheStorageIsStoppedAndStarted_LosesNothingAcknowledged()
    {
        await using var own = await azurite.StartAnother();
        await using var log = NewLog.Open(own.ConnectionString, "log", options =>
        {
            options.Partitions = Partitions;
            options.SegmentBlocks = 50;
            (options.Retries, options.RetryPause, options.RetryFor) = (0, 50, 1);
        });
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(number => new Writer(log, number)).ToArray();
        var work = writers.Select(writer => Task.Run(() => writer.Run(enough.Token))).ToArray();

        await Task.WhenAll(writers.Select(writer => writer.Acknowledged(10)));
        await own.Stop();
        // The transient error reaches the callers while the storage is away …
        await Task.WhenAll(writers.Select(writer => writer.Refused));
        await own.Start();
        // … and appends resume by themselves when it is back.
        await Task.WhenAll(writers.Select(writer => writer.Acknowledged(writer.Count + 10)));
        await enough.CancelAsync();
        await Task.WhenAll(work);

        foreach (var writer in writers)
        {
            Assert.All(writer.Refusals, refusal => Assert.Contains("try again later|send the same events again".Split('|'), part => refusal.Message.Contains(part, StringComparison.Ordinal)));
            await writer.AssertAllAreThere(log);
        }
    }

    // Sends numbered batches to one partition, each again until it is acknowledged.
    private sealed class Writer(AzureEventLog log, int number)
    {
        private readonly Lock _lock = new();
        private readonly List<(int Goal, TaskCompletionSource Reached)> _goals = [];
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<long> _positions = [];

        public int Count { get; private set; }

        public List<EventLogUnavailableException> Refusals { get; } = [];

        public Task Refused => _refused.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);

        private int Partition => number % Partitions;

        public Task Acknowledged(int count)
        {
            lock (_lock)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _goals.Add((count, reached));
                return reached.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
            }
        }

        public async Task Run(CancellationToken enough)
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    _positions.Add((await log.Append(Partition, Events.Batch(Name(Count), 2), Token)).Value);
                    Acknowledge();
                }
                catch (EventLogUnavailableException fault)
                {
                    Refusals.Add(fault);
                    _refused.TrySetResult();
                }
            }
        }

        public async Task AssertAllAreThere(AzureEventLog log)
        {
            var texts = await log.Texts(Partition, Token);
            for (var batch = 0; batch < Count; batch++)
            {
                Assert.Equal($"{Name(batch)}/0", texts[(int)_positions[batch] - 1]);
                Assert.Equal($"{Name(batch)}/1", texts[(int)_positions[batch]]);
            }
        }

        private string Name(int batch) => $"w{number}b{batch}";

        private void Acknowledge()
        {
            lock (_lock)
            {
                Count++;
                _goals.FindAll(goal => goal.Goal <= Count).ForEach(goal => goal.Reached.TrySetResult());
            }
        }
    }
}
