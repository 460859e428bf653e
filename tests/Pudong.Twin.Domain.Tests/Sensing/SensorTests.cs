using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Sensing;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Sensing;

public sealed class SensorTests
{
    private const int Gas = 0;
    private const int Pm25 = 1;
    private const double Minute = 1 / 60.0;

    private static readonly ElementState Installed = Fold(Sensor, Registered(Sensor), Related(Sensor, SmallPackage.Monitors, Shop));

    [Fact]
    public void Apply_AReadingBeyondTheLimit_IsSuspectUntilItHasStayedThere()
    {
        var suspect = Apply(Installed, Reading(Sensor, Gas, 25, 1));
        var alarm = Apply(suspect.State, Reading(Sensor, Gas, 26, 1 + Minute));

        Assert.Equal(ReadingCondition.Suspect, suspect.State.ReadingAt(Gas)!.Value.Condition);
        Assert.Empty(suspect.Effects);
        Assert.Equal(ReadingCondition.Alarm, alarm.State.ReadingAt(Gas)!.Value.Condition);
        var effect = Assert.IsType<DerivedEvent>(Assert.Single(alarm.Effects));
        Assert.Equal((Shop, "evidence-observed", At(1 + Minute)), (effect.Target, effect.Type, effect.Time));
        Assert.Equal(new EvidenceData(SmallPackage.GasAlarm, 0.6, 0.9), effect.Data);
    }

    [Fact]
    public void Apply_AReadingBelowTheLimitDuringDebounce_ForgetsTheSuspicion()
    {
        var state = Then(Installed, Reading(Sensor, Gas, 25, 1), Reading(Sensor, Gas, 15, 1 + (Minute / 2)), Reading(Sensor, Gas, 25, 1 + Minute));

        Assert.Equal(ReadingCondition.Suspect, state.ReadingAt(Gas)!.Value.Condition);
    }

    [Fact]
    public void Apply_AReadingBetweenTheLimits_KeepsTheAlarmAndBelowTheLowerOneClearsIt()
    {
        var alarm = Then(Installed, Reading(Sensor, Gas, 25, 1), Reading(Sensor, Gas, 25, 1.1));

        var between = Apply(alarm, Reading(Sensor, Gas, 15, 1.2));
        var below = Apply(between.State, Reading(Sensor, Gas, 10, 1.3));

        Assert.Equal(ReadingCondition.Alarm, between.State.ReadingAt(Gas)!.Value.Condition);
        Assert.Empty(between.Effects);
        Assert.Equal(ReadingCondition.Normal, below.State.ReadingAt(Gas)!.Value.Condition);
        Assert.Equal("evidence-cleared", Assert.IsType<DerivedEvent>(Assert.Single(below.Effects)).Type);
    }

    [Fact]
    public void Apply_ALateReading_NeitherBecomesTheLastNorRaisesAThreshold()
    {
        var state = Then(Installed, Reading(Sensor, Gas, 5, 1), Reading(Sensor, Gas, 99, 0.9), Reading(Sensor, Gas, 99, 0.95));
        var reading = state.ReadingAt(Gas)!.Value;

        Assert.Equal((5.0, At(1), ReadingCondition.Normal), (reading.Last, reading.LastAt, reading.Condition));
        Assert.Equal((3, 99.0), (reading.Window.SumAt(At(1), 3_600_000).Count, reading.Window.SumAt(At(1), 3_600_000).Maximum));
    }

    [Fact]
    public void Apply_AReadingOlderThanTheWindow_IsLateAndChangesNothing()
    {
        var state = Then(Installed, Reading(Sensor, Gas, 5, 9));

        var late = Apply(state, Reading(Sensor, Gas, 50, 1));

        Assert.Equal(Outcome.Late, late.Outcome);
        Assert.Equal(1, late.State.ReadingAt(Gas)!.Value.Window.SumAt(At(9), 3_600_000).Count);
    }

    [Fact]
    public void SumAt_AnyReadings_CoversTheWindowAndAtMostOneBucketMore() =>
        Gen.Select(Gen.Int[0, 20_000_000], Gen.Int[-50, 50]).Array[1, 80].Sample(given =>
        {
            const long Length = 3_600_000;
            var window = given.Aggregate(default(RollingWindow), (known, one) => known.With(one.Item1, one.Item2, Length));
            var newest = given.Max(one => one.Item1);

            var sum = window.SumAt(newest, Length);

            // Readings that arrived when they were older than the window are gone; all others within it are counted.
            var seen = long.MinValue;
            var counted = new List<(int Time, int Value)>();
            foreach (var one in given)
            {
                seen = Math.Max(seen, one.Item1);
                if (RollingWindow.IndexOf(one.Item1, Length) >= RollingWindow.IndexOf(seen, Length) - RollingWindow.Buckets)
                {
                    counted.Add(one);
                }
            }

            counted.RemoveAll(one => RollingWindow.IndexOf(one.Time, Length) < RollingWindow.IndexOf(newest, Length) - RollingWindow.Buckets);
            Assert.Equal((counted.Count, counted.Min(one => one.Value), counted.Max(one => one.Value)), (sum.Count, (int)sum.Minimum, (int)sum.Maximum));
            Assert.Equal(counted.Average(one => one.Value), sum.Mean, 1e-9);
            Assert.All(counted, one => Assert.True(one.Time > newest - Length - (Length / RollingWindow.Buckets)));
            Assert.True((window.Closed.IsDefault ? 0 : window.Closed.Length) <= RollingWindow.Buckets);
        }, iter: 500);

    [Fact]
    public void Apply_ADeadlineAfterSilence_MakesTheSensorSilentUntilItIsHeardAgain()
    {
        var heard = Then(Installed, Reading(Sensor, Gas, 5, 1));
        var due = Assert.Single(Deadlines.DueAt(SmallPackage.Instance, heard, At(3)));

        var silent = Apply(heard, due.ToEvent(new Cause(0, new LogPosition(1), 0)));
        var again = Apply(silent.State, Reading(Sensor, Gas, 5, 4));

        Assert.Equal((At(2), At(2)), (heard.NextDue, due.Time));
        Assert.Empty(Deadlines.DueAt(SmallPackage.Instance, heard, At(1.9)));
        Assert.Equal((ReadingCondition.Silent, long.MaxValue), (silent.State.ReadingAt(Gas)!.Value.Condition, silent.State.NextDue));
        Assert.Equal((ReadingCondition.Normal, At(5)), (again.State.ReadingAt(Gas)!.Value.Condition, again.State.NextDue));
    }

    [Fact]
    public void Apply_ADeadlineWhoseReasonIsGone_ChangesNothing()
    {
        var due = Deadlines.DueAt(SmallPackage.Instance, Then(Installed, Reading(Sensor, Gas, 5, 1)), At(3))[0];
        var state = Then(Installed, Reading(Sensor, Gas, 5, 1), Reading(Sensor, Gas, 6, 1.5));

        var passed = Apply(state, due.ToEvent(new Cause(0, new LogPosition(1), 0)));

        Assert.Equal((Outcome.Late, state.Revision), (passed.Outcome, passed.State.Revision));
        Assert.Equal(ReadingCondition.Normal, passed.State.ReadingAt(Gas)!.Value.Condition);
    }

    [Fact]
    public void Apply_AnAnswerDatedInTimeAfterTheDeadline_UndoesIt()
    {
        var heard = Then(Installed, Reading(Sensor, Gas, 5, 1));
        var silent = Apply(heard, Deadlines.DueAt(SmallPackage.Instance, heard, At(2))[0].ToEvent(new Cause(0, new LogPosition(1), 0))).State;

        var answered = Apply(silent, Reading(Sensor, Gas, 5, 1.9)).State;

        Assert.Equal((ReadingCondition.Normal, At(2.9)), (answered.ReadingAt(Gas)!.Value.Condition, answered.NextDue));
    }

    [Fact]
    public void Apply_ValuesFarFromTheSensorsOwnPast_MakesItFaultyUntilTheyComeBack()
    {
        // One reading in each of the window's buckets: some spread, then a jump.
        var bucket = 1.0 / RollingWindow.Buckets;
        var steady = Then(Installed, Enumerable.Range(0, 9).Select(i => Reading(Sensor, Pm25, 50 + (i % 3), i * bucket)));
        var jumped = Then(steady, Enumerable.Range(9, 2).Select(i => Reading(Sensor, Pm25, 300, i * bucket)));
        var settled = Then(jumped, Enumerable.Range(11, 3).Select(i => Reading(Sensor, Pm25, 51, i * bucket)));

        Assert.Equal(
            [ReadingCondition.Normal, ReadingCondition.Faulty, ReadingCondition.Normal],
            new[] { steady, jumped, settled }.Select(state => state.ReadingAt(Pm25)!.Value.Condition));
    }

    [Fact]
    public void ScoreOf_KnownValues_IsTheRobustZScore()
    {
        var buckets = new[] { 10.0, 11, 12, 13, 14 }.Select((mean, i) => Bucket.Of(i, mean)).ToArray();

        // Median 12, distances 2 1 0 1 2, their median 1: (20 − 12) / 1.4826.
        Assert.Equal(8 / 1.4826, Drift.ScoreOf([.. buckets], 20)!.Value, 1e-12);
        Assert.Null(Drift.ScoreOf([.. buckets[..4]], 20));
        Assert.Null(Drift.ScoreOf([.. Enumerable.Repeat(Bucket.Of(0, 5), 6)], 20));
    }

    private static ElementState Then(ElementState state, params IEnumerable<TwinEvent> events) => events.Aggregate(state, (known, e) => Apply(known, e).State);
}
