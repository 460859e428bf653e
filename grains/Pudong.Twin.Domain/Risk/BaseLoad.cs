namespace Pudong.Twin.Domain.Risk;

/// <summary>The load that follows from what an element is, with nothing happening; it does not decay and does not travel.</summary>
/// <param name="Probability"><c>l</c>: the base probability, between the package's minimum and maximum.</param>
/// <param name="Amount"><c>β = −ln(1 − l)</c>, in nats.</param>
/// <param name="Incomplete">Whether an attribute was missing and its stand-in was used: explanations then say "base incomplete".</param>
/// <remarks>RISK-MODEL.md, section 4.</remarks>
public readonly record struct BaseLoad(double Probability, double Amount, bool Incomplete)
{
    /// <summary>The base load of a probability.</summary>
    /// <param name="probability"><c>l</c>, 0 or more and less than 1.</param>
    /// <param name="incomplete">Whether an attribute was missing.</param>
    public static BaseLoad Of(double probability, bool incomplete = false) => new(probability, 0 - KernelMath.Ln(1 - probability), incomplete);
}
