using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 11, items 3 and 4: accumulators do not depend on the order of arrival and equal the sum or maximum over the history.</summary>
public sealed class AccumulationTests
{
    private const double Tolerance = 1e-9;
    private const string Case = "case-1";

    private static readonly long[] HoursLater = [0, 1, 30, 500];

    private static readonly Gen<Piece> AnyPiece = Gen.Select(Gen.Double[0, 4.6], Gen.Long[0, 1_000 * RiskSamples.Hour], (amount, time) => new Piece(amount, time));

    [Theory]
    [InlineData(RiskSamples.FireExitBlocked)]
    [InlineData(RiskSamples.GasAlarm)]
    public void Apply_EvidenceInAnyOrder_EqualsTheHistory(ushort type) =>
        AnyPiece.Array[1, 12].Sample(pieces =>
        {
            var load = Fold(pieces.Select(piece => Evidence(type, piece)));
            var last = pieces.Max(piece => piece.Time);

            return load.At == last && load.Pieces == pieces.Length
                && HoursLater.All(hours => Near(Exact(type, pieces, last + (hours * RiskSamples.Hour)), Amount(load, last + (hours * RiskSamples.Hour))));
        });

    [Fact]
    public void Apply_AClearingWithEvidenceInAnyOrder_EndsAsInOrder() => ClearingCommutes(RiskAction.Clear(RiskSamples.GasAlarm, 500 * RiskSamples.Hour));

    [Fact]
    public void Apply_AWithdrawnLevelWithEvidenceInAnyOrder_EndsAsInOrder() => ClearingCommutes(RiskAction.WithdrawPiece(RiskSamples.GasAlarm, 0, 500 * RiskSamples.Hour), present: true);

    [Fact]
    public void Apply_ALateClearing_ChangesNothing()
    {
        var alarm = RiskAction.Evidence(RiskSamples.GasAlarm, 1, 10 * RiskSamples.Hour);

        Assert.Equal(Fold([alarm]), Fold([alarm, RiskAction.Clear(RiskSamples.GasAlarm, 9 * RiskSamples.Hour)]));
    }

    [Fact]
    public void Apply_EvidenceOfCases_CountsWhatIsKeptOfEach() =>
        Gen.Select(AnyPiece.Array[1, 8], AnyPiece.Array[0, 8], AnyPiece.Array[0, 4], Gen.Int[0, 3]).Sample((inCase, outside, afterwards, ending) =>
        {
            var end = 1_001 * RiskSamples.Hour;
            var actions = inCase.Select(piece => Evidence(RiskSamples.FireExitBlocked, piece, Case)).Concat(outside.Select(piece => Evidence(RiskSamples.FireExitBlocked, piece))).ToList();
            RiskAction[] endings = [RiskAction.CloseVerified(Case, end), RiskAction.UndoClosing(Case, end), RiskAction.WithdrawCase(Case, end)];
            actions.AddRange(endings[..ending]);
            actions.AddRange(afterwards.Select(piece => Evidence(RiskSamples.FireExitBlocked, piece, Case)));
            double[] kept = [1, 0.10, 1, 0];

            var load = Fold(actions);

            var counted = outside.Concat(inCase.Concat(afterwards).Select(piece => piece with { Amount = piece.Amount * kept[ending] })).ToArray();
            return Near(Exact(RiskSamples.FireExitBlocked, counted, end), Amount(load, end));
        });

    [Fact]
    public void Apply_ClosingAndUndoing_RestoresTheLoad() =>
        Gen.Select(AnyPiece.Array[1, 8], AnyPiece.Array[0, 8]).Sample((inCase, outside) =>
        {
            var actions = inCase.Select(piece => Evidence(RiskSamples.InspectionFailed, piece, Case)).Concat(outside.Select(piece => Evidence(RiskSamples.InspectionFailed, piece))).ToArray();

            var before = Fold(actions);
            var after = Fold([.. actions, RiskAction.CloseVerified(Case, 0), RiskAction.CloseVerified(Case, 0), RiskAction.UndoClosing(Case, 0)]);

            return before.At == after.At && Near(before.Amount, after.Amount);
        });

    [Fact]
    public void Apply_AWithdrawnCase_StaysWithdrawn()
    {
        var withdrawn = Fold([RiskAction.Evidence(RiskSamples.FireExitBlocked, 1, 0, Case), RiskAction.WithdrawCase(Case, 5)]);
        var after = Fold([RiskAction.Evidence(RiskSamples.FireExitBlocked, 1, 0, Case), RiskAction.WithdrawCase(Case, 5), RiskAction.UndoClosing(Case, 6), RiskAction.CloseVerified(Case, 7)]);

        Assert.Equal(0, withdrawn.Amount);
        Assert.Equal(withdrawn, after);
    }

    [Fact]
    public void Apply_AVerifiedCaseOfALevel_ClearsIt()
    {
        var load = Fold([RiskAction.Evidence(RiskSamples.GasAlarm, 1, 0, Case), RiskAction.CloseVerified(Case, 24 * RiskSamples.Hour)]);

        Assert.Equal(0.05, load.Amount, Tolerance);
        Assert.Equal(24 * RiskSamples.Hour, load.ClearedAt);
    }

    [Fact]
    public void Apply_APieceThatWasFalse_IsTakenBack() =>
        Gen.Select(AnyPiece.Array[1, 8], AnyPiece).Sample((pieces, wrong) =>
        {
            var right = pieces.Select(piece => Evidence(RiskSamples.FireExitBlocked, piece));
            var load = Fold([.. right, Evidence(RiskSamples.FireExitBlocked, wrong), RiskAction.WithdrawPiece(RiskSamples.FireExitBlocked, wrong.Amount, wrong.Time)]);

            return load.Pieces == pieces.Length && Near(Exact(RiskSamples.FireExitBlocked, pieces, 1_000 * RiskSamples.Hour), Amount(load, 1_000 * RiskSamples.Hour));
        });

    [Fact]
    public void Apply_AStorm_IsCappedOnReadingOnly()
    {
        var load = Fold(Enumerable.Repeat(RiskAction.Evidence(RiskSamples.FireExitBlocked, 1, 0), 8));

        Assert.Equal(8, load.Amount, Tolerance);
        Assert.Equal(1.5, RiskScore.Worth(RiskSamples.Standard, load, 168 * RiskSamples.Hour), Tolerance);
        Assert.Equal(1, RiskScore.Worth(RiskSamples.Standard, load, 3 * 168 * RiskSamples.Hour), Tolerance);
    }

    [Fact]
    public void Apply_ATypeThatThePackageDoesNotHave_ChangesNothing()
    {
        var context = RiskSamples.Alone(RiskSamples.Standard, 0);

        Assert.Same(RiskState.Quiet, RiskModel.Apply(context, RiskState.Quiet, [RiskAction.Evidence(999, 1, 0), RiskAction.Clear(999, 0), RiskAction.WithdrawPiece(999, 1, 0)]).State);
    }

    // Any order, as long as nothing younger than the clearing arrives before it.
    private static void ClearingCommutes(RiskAction clearing, bool present = false) =>
        Gen.Select(AnyPiece.Array[1, 10], Gen.Int).Sample((pieces, seed) =>
        {
            var chance = new Random(seed);
            var before = pieces.Where(piece => piece.Time <= clearing.Time).Select(piece => Evidence(RiskSamples.GasAlarm, piece)).ToArray();
            var after = pieces.Where(piece => piece.Time > clearing.Time).Select(piece => Evidence(RiskSamples.GasAlarm, piece)).ToArray();
            if (present && before.Length == 0)
            {
                // A withdrawal names a piece that is there.
                return true;
            }

            chance.Shuffle(before);
            chance.Shuffle(after);
            var early = present ? chance.Next(1, before.Length + 1) : chance.Next(before.Length + 1);
            var late = before[early..].Concat(after).ToArray();
            chance.Shuffle(late);

            var inOrder = Fold([.. before.OrderBy(action => action.Time), clearing, .. after.OrderBy(action => action.Time)]);
            var inAnyOrder = Fold([.. before[..early], clearing, .. late]);

            return inOrder.At == inAnyOrder.At && Near(inOrder.Amount, inAnyOrder.Amount);
        });

    private static Load Fold(IEnumerable<RiskAction> actions)
    {
        var state = RiskState.Quiet;
        var clock = long.MinValue;
        foreach (var action in actions)
        {
            clock = Math.Max(clock, action.Time);
            state = RiskModel.Apply(RiskSamples.Alone(RiskSamples.Standard, clock), state, [action]).State;
        }

        return Assert.Single(state.Loads);
    }

    private static RiskAction Evidence(ushort type, Piece piece, string? @case = null) => RiskAction.Evidence(type, piece.Amount, piece.Time, @case);

    private static double Amount(Load load, long time) => load.AmountAt(time, RiskSamples.Standard.Find(load.Type)!.HalfLifeHours);

    private static double Exact(ushort index, IEnumerable<Piece> pieces, long time)
    {
        var type = RiskSamples.Standard.Find(index)!;
        var left = pieces.Select(piece => piece.Amount * Math.Pow(2, -((time - piece.Time) / 3_600_000.0 / type.HalfLifeHours)));
        return type.Mode == EvidenceMode.Add ? left.Sum() : left.Max();
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= Tolerance;

    private readonly record struct Piece(double Amount, long Time);
}
