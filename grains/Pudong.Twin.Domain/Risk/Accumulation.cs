namespace Pudong.Twin.Domain.Risk;

/// <summary>What a piece of evidence, a clearing and a closing do to the accumulated load of one type.</summary>
/// <remarks>RISK-MODEL.md, section 3. The cap is not here: it acts on reading, and therefore updates commute.</remarks>
internal static class Accumulation
{
    /// <summary>The load after a piece of evidence, on time or late.</summary>
    /// <param name="type">The evidence type.</param>
    /// <param name="load">The load before.</param>
    /// <param name="amount"><c>λ</c>, in nats.</param>
    /// <param name="time"><c>t_e</c>, in Unix milliseconds.</param>
    public static Load Evidence(EvidenceType type, in Load load, double amount, long time)
    {
        if (type.Mode == EvidenceMode.Max && time <= load.ClearedAt)
        {
            // It ends where it would have ended, had it arrived before the clearing.
            amount *= load.ClearedAsFalse ? 0 : type.Residual * Decay.Factor(load.ClearedAt - time, type.HalfLifeHours);
            time = load.ClearedAt;
        }

        var old = load.AmountAt(time, type.HalfLifeHours);
        var added = amount * Decay.Factor(load.At - time, type.HalfLifeHours);
        return load with
        {
            Amount = type.Mode == EvidenceMode.Add ? old + added : Math.Max(old, added),
            At = Math.Max(load.At, time),
            Pieces = load.Pieces + 1,
        };
    }

    /// <summary>The load of mode max after its condition was cleared or withdrawn; nothing if the level was raised again since.</summary>
    /// <param name="type">The evidence type.</param>
    /// <param name="load">The load before.</param>
    /// <param name="time">When it was cleared, in Unix milliseconds.</param>
    /// <param name="asFalse">Whether the evidence was false, so that nothing remains of it.</param>
    public static Load Clear(EvidenceType type, in Load load, long time, bool asFalse)
    {
        if (time < load.At)
        {
            return load;
        }

        return load with
        {
            Amount = asFalse ? 0 : type.Residual * load.AmountAt(time, type.HalfLifeHours),
            At = time,
            ClearedAt = time,
            ClearedAsFalse = asFalse,
        };
    }

    /// <summary>The load of mode add after part of what is in it counts more or less: <c>A' = max(0, A + change·Λ·g(u − u_c))</c>.</summary>
    /// <param name="type">The evidence type.</param>
    /// <param name="load">The load before.</param>
    /// <param name="change"><c>kept' − kept</c>, −1 to 1.</param>
    /// <param name="amount"><c>Λ</c>, in nats, as of <paramref name="time"/>.</param>
    /// <param name="time"><c>u_c</c>, in Unix milliseconds, at most the anchor of the load.</param>
    public static Load Keep(EvidenceType type, in Load load, double change, double amount, long time) =>
        load with { Amount = Math.Max(0, load.Amount + (change * amount * Decay.Factor(load.At - time, type.HalfLifeHours))) };

    /// <summary>The share of a case after another piece of its evidence, by the same rules.</summary>
    /// <param name="type">The evidence type, of mode add.</param>
    /// <param name="share">The share before.</param>
    /// <param name="amount"><c>λ</c>, in nats.</param>
    /// <param name="time"><c>t_e</c>, in Unix milliseconds.</param>
    public static KeptShare Evidence(EvidenceType type, in KeptShare share, double amount, long time)
    {
        var sum = Evidence(type, new Load(share.Type, share.Amount, share.At, share.Pieces), amount, time);
        return share with { Amount = sum.Amount, At = sum.At, Pieces = sum.Pieces };
    }
}
