using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>A single piece of evidence outside of cases, kept so that it can be withdrawn.</summary>
/// <param name="Key">The event that brought it.</param>
/// <param name="Type">Index of the evidence type.</param>
/// <param name="Load">Its load, in nats.</param>
/// <param name="Time">When it was observed, in Unix milliseconds.</param>
public readonly record struct EvidencePiece(EventKey Key, ushort Type, double Load, long Time)
{
    /// <summary>How many an element keeps (RISK-MODEL.md, section 3).</summary>
    public const int Limit = 32;
}
