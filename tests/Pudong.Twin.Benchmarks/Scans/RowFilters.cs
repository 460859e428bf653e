using System.Diagnostics;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Benchmarks.Scans;

/// <summary>How often a rule's condition is decided on single records.</summary>
internal sealed class RowFilters : IBenchmark
{
    private const string Yardstick = "the same condition in C#";
    private const int Records = 4_096;

    public string Name => "row-filters";

    public string Question => "conditions decided record by record on one core; wanted: 10,000,000 simple ones a second, without allocation";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        var random = new Random(2);
        var records = Enumerable.Range(0, Records).Select(_ => new Record(random.Next(4), random.NextDouble() * 100)).ToArray();
        var simple = Filter.Parse("risk > 45", City.Schema);
        var both = Filter.Parse("kind = 'sensor' AND risk > 45", City.Schema);
        await session.Compare(
            [Yardstick],
            [
                _ => Measure(session, Yardstick, record => record.Risk > 45),
                _ => Measure(session, "risk > 45", record => simple.Matches(record, 0)),
                _ => Measure(session, "kind = 'sensor' AND risk > 45", record => both.Matches(record, 0)),
            ],
            cancellationToken);

        Task<Figure[]> Measure(Session run, string name, Func<Record, bool> decide)
        {
            var (clock, decided, hits) = (Stopwatch.StartNew(), 0L, 0L);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            while (clock.Elapsed < run.Duration)
            {
                foreach (var record in records)
                {
                    hits += decide(record) ? 1 : 0;
                }

                decided += Records;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            return hits > 0
                ? Task.FromResult<Figure[]>([new(name, decided / clock.Elapsed.TotalSeconds, "records/s"), new($"{name}: bytes", allocated / (double)decided, "B/record")])
                : throw new InvalidOperationException("No record matched; the measurement is void.");
        }
    }

    private sealed class Record(int kind, double risk) : IRecord
    {
        private readonly string _kind = City.KindNames[kind];

        public double Risk => risk;

        public Value this[int ordinal] => ordinal == 0 ? Value.Of(_kind) : Value.Of(risk);
    }
}
