namespace Pudong.Twin.Query.Syntax;

/// <summary>Where an expression stands in the text it was read from.</summary>
/// <remarks>
/// Two spans always compare equal: where an expression stood does not make it another expression. So the records of the
/// syntax tree can carry their span and still compare by meaning.
/// </remarks>
/// <param name="Start">Zero-based offset of the first character, in UTF-16 code units of the text.</param>
/// <param name="Length">Number of UTF-16 code units; 0 for a tree that was built by hand.</param>
/// <param name="Line">Line of the first character, from 1; 0 for a tree that was built by hand.</param>
/// <param name="Column">Column of the first character in UTF-16 code units, from 1; 0 for a tree that was built by hand.</param>
public readonly record struct SourceSpan(int Start, int Length, int Line, int Column)
{
    /// <summary>The offset behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>Always true; see the remarks of the type.</summary>
    /// <param name="other">Any span.</param>
    public bool Equals(SourceSpan other) => true;

    /// <summary>Always 0, as all spans are equal.</summary>
    public override int GetHashCode() => 0;
}
