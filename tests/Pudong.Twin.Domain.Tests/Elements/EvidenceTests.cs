using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class EvidenceTests
{
    private static readonly double Piece = EvidenceType.LoadOf(0.2, 0.8);

    [Fact]
    public void Apply_AVerifiedClosing_LeavesTheResidualAndReopeningRestoresTheLoad()
    {
        var open = Fold(Shop, Registered(Shop), Case(Shop, "case-opened", "c1", 0), Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 0, "c1"));

        var closed = Apply(open, Case(Shop, "case-closed", "c1", 0, verified: true)).State;
        var reopened = Apply(closed, Case(Shop, "case-reopened", "c1", 0)).State;

        Assert.Equal([Piece, Piece * 0.1, Piece], new[] { open, closed, reopened }.Select(state => state.Risk.Loads[0].Amount), Within);
        Assert.Equal([1, 0, 1], new[] { open, closed, reopened }.Select(state => state.OpenCases.Length));
    }

    [Fact]
    public void Apply_AClosingWithoutVerification_LeavesTheEvidence()
    {
        var state = Fold(
            Shop, Registered(Shop), Case(Shop, "case-opened", "c1", 0), Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 0, "c1"), Case(Shop, "case-closed", "c1", 0));

        Assert.Equal(Piece, state.Risk.Loads[0].Amount);
        Assert.Empty(state.OpenCases);
    }

    [Fact]
    public void Apply_AWithdrawnCase_TakesItsEvidenceAway()
    {
        var state = Fold(
            Shop, Registered(Shop), Case(Shop, "case-opened", "c1", 0), Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 0, "c1"),
            Event(Shop, "evidence-withdrawn", new EvidenceEndData(SmallPackage.FireExitBlocked) { Case = "c1" }));

        Assert.Equal(0, state.Risk.Loads.Sum(load => load.Amount), 1e-12);
    }

    [Fact]
    public void Apply_AWithdrawnPiece_TakesThatPieceAwayOnce()
    {
        var piece = Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 0);
        var state = Fold(Shop, Registered(Shop), piece, Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.4, 0));
        var withdrawal = new EvidenceEndData(SmallPackage.FireExitBlocked) { Piece = piece.Key };

        var withdrawn = Apply(state, Event(Shop, "evidence-withdrawn", withdrawal)).State;
        var again = Apply(withdrawn, Event(Shop, "evidence-withdrawn", withdrawal));

        Assert.Equal(EvidenceType.LoadOf(0.2, 0.4), withdrawn.Risk.Loads[0].Amount, 1e-12);
        Assert.Equal(RefusalReason.PieceUnknown, again.Refusal!.Reason);
    }

    [Fact]
    public void Apply_APieceAfter32Others_CanNoLongerBeWithdrawn()
    {
        var piece = Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 0);
        var state = Fold(Shop, [Registered(Shop), piece, .. Enumerable.Range(0, 32).Select(_ => Evidence(Shop, SmallPackage.CitizenComplaint, 0.1, 1, 0))]);

        var refused = Apply(state, Event(Shop, "evidence-withdrawn", new EvidenceEndData(SmallPackage.FireExitBlocked) { Piece = piece.Key }));

        Assert.Equal(EvidencePiece.Limit, state.Pieces.Length);
        Assert.Equal(RefusalReason.PieceUnknown, refused.Refusal!.Reason);
    }

    [Fact]
    public void Apply_AClearedCondition_LeavesTheResidual()
    {
        var state = Fold(
            Shop, Registered(Shop), Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 0), Event(Shop, "evidence-cleared", new EvidenceEndData(SmallPackage.GasAlarm), 24));

        Assert.Equal(.038826439, state.Risk.Loads[0].Amount, 1e-9);
    }

    [Fact]
    public void Apply_MoreCasesThanAllowed_RefusesTheNextAndOneThatIsOpenAlready()
    {
        var limit = SmallPackage.Instance.FindKind("shop")!.OpenCaseLimit;
        var full = Fold(Shop, [Registered(Shop), .. Enumerable.Range(0, limit).Select(i => Case(Shop, "case-opened", $"c{i}", 0))]);

        Assert.Equal(RefusalReason.TooManyCases, Apply(full, Case(Shop, "case-opened", "more", 0)).Refusal!.Reason);
        Assert.Equal(RefusalReason.TransitionNotAllowed, Apply(full, Case(Shop, "case-opened", "c0", 0)).Refusal!.Reason);
        Assert.Equal(RefusalReason.TransitionNotAllowed, Apply(full, Case(Shop, "case-reopened", "c0", 0)).Refusal!.Reason);
    }

    private static bool Within(double expected, double actual) => Math.Abs(expected - actual) <= 1e-12;
}
