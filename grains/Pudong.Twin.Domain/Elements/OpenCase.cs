namespace Pudong.Twin.Domain.Elements;

/// <summary>A case about an element that is not closed.</summary>
/// <param name="Case">The case's id, unique for the element.</param>
/// <param name="CaseType">The case type's name.</param>
/// <param name="Since">When it was opened or reopened, in Unix milliseconds.</param>
/// <param name="Evidence">Index of the evidence type that the case holds a share of; null for none.</param>
public sealed record OpenCase(string Case, string CaseType, long Since, int? Evidence);
