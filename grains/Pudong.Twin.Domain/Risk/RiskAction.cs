namespace Pudong.Twin.Domain.Risk;

/// <summary>What an action does to evidence.</summary>
public enum RiskActionKind
{
    /// <summary>A piece of evidence arrives.</summary>
    Evidence = 0,

    /// <summary>The condition behind a type of mode max is over.</summary>
    Clear = 1,

    /// <summary>A case was closed and its handling verified.</summary>
    CloseVerified = 2,

    /// <summary>A verified closing is undone, because the case was reopened.</summary>
    UndoClosing = 3,

    /// <summary>All evidence of a case was false.</summary>
    WithdrawCase = 4,

    /// <summary>A single piece outside a case was false; the kernel knows it among the element's last 32.</summary>
    WithdrawPiece = 5,
}

/// <summary>One thing that an event does to the evidence of its element.</summary>
/// <remarks>RISK-MODEL.md, section 3, the table of cases; a closing without verification and a repeated event id are no action.</remarks>
public readonly record struct RiskAction
{
    private RiskAction(RiskActionKind kind, ushort type, double amount, long time, string? @case)
    {
        Kind = kind;
        Type = type;
        Amount = amount;
        Time = time;
        Case = @case;
    }

    /// <summary>What is done.</summary>
    public RiskActionKind Kind { get; }

    /// <summary>The index of the evidence type; 0 for actions on a case.</summary>
    public ushort Type { get; }

    /// <summary><c>λ</c>: the load of the piece, in nats; 0 for actions without a piece.</summary>
    public double Amount { get; }

    /// <summary><c>t_e</c> or <c>t</c>: event time, in Unix milliseconds.</summary>
    public long Time { get; }

    /// <summary>The case it belongs to, or null.</summary>
    public string? Case { get; }

    /// <summary>A piece of evidence.</summary>
    /// <param name="type">The index of its type.</param>
    /// <param name="amount"><c>λ</c>, as <see cref="EvidenceType.LoadOf(double)"/> gives it, in nats.</param>
    /// <param name="time">When it happened, in Unix milliseconds.</param>
    /// <param name="case">The open case that it belongs to; null outside cases.</param>
    public static RiskAction Evidence(ushort type, double amount, long time, string? @case = null) => new(RiskActionKind.Evidence, type, amount, time, @case);

    /// <summary>The condition is over; for a type of mode add this is no action.</summary>
    /// <param name="type">The index of the type.</param>
    /// <param name="time">When it was cleared, in Unix milliseconds.</param>
    public static RiskAction Clear(ushort type, long time) => new(RiskActionKind.Clear, type, 0, time, null);

    /// <summary>The case was closed and verified: <c>kept</c> 1 → ρ.</summary>
    /// <param name="case">The case.</param>
    /// <param name="time">When, in Unix milliseconds.</param>
    public static RiskAction CloseVerified(string @case, long time) => new(RiskActionKind.CloseVerified, 0, 0, time, @case);

    /// <summary>The verified closing is undone: <c>kept</c> ρ → 1.</summary>
    /// <param name="case">The case.</param>
    /// <param name="time">When, in Unix milliseconds.</param>
    public static RiskAction UndoClosing(string @case, long time) => new(RiskActionKind.UndoClosing, 0, 0, time, @case);

    /// <summary>The evidence of the case was false: <c>kept</c> → 0, final.</summary>
    /// <param name="case">The case.</param>
    /// <param name="time">When, in Unix milliseconds.</param>
    public static RiskAction WithdrawCase(string @case, long time) => new(RiskActionKind.WithdrawCase, 0, 0, time, @case);

    /// <summary>A single piece outside a case was false.</summary>
    /// <param name="type">The index of its type.</param>
    /// <param name="amount"><c>λ</c> of the piece, in nats.</param>
    /// <param name="time">The time of the piece; for a type of mode max the time of the withdrawal. In Unix milliseconds.</param>
    public static RiskAction WithdrawPiece(ushort type, double amount, long time) => new(RiskActionKind.WithdrawPiece, type, amount, time, null);
}
