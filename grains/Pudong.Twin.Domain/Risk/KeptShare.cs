using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What one case accounts for in the load of one evidence type, and how much of it still counts.</summary>
/// <param name="Case">The case, by the id that the kernel gives it; compared ordinally.</param>
/// <param name="Type">The index of the evidence type.</param>
/// <param name="Amount"><c>Λ</c>: the load of the case's evidence as of <paramref name="At"/>, in nats; 0 for a type of mode max, which needs no share.</param>
/// <param name="At"><c>u_c</c>: the anchor time, in Unix milliseconds.</param>
/// <param name="Kept">The share that still counts: 1 while the case is open, <c>ρ</c> after a verified closing, 0 when the evidence was false.</param>
/// <param name="Withdrawn">Whether the evidence was false, which is final; <c>ρ</c> may be 0 too, but can be undone.</param>
/// <param name="Pieces">The number of pieces of evidence that the case brought.</param>
/// <remarks>RISK-MODEL.md, section 3, "Kept share".</remarks>
[GenerateSerializer, Immutable, Alias("pudong.kept-share")]
public readonly record struct KeptShare(
    [property: Id(0)] string Case,
    [property: Id(1)] ushort Type,
    [property: Id(2)] double Amount,
    [property: Id(3)] long At,
    [property: Id(4)] double Kept,
    [property: Id(5)] bool Withdrawn,
    [property: Id(6)] uint Pieces);
