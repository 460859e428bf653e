using System.Globalization;

namespace Pudong.Twin.Domain.Packages;

/// <summary>One mistake in a package.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
/// <param name="Message">One sentence that says what is wrong and what would be right.</param>
public sealed record PackageError(string File, int Line, int Column, string Message)
{
    /// <summary>File, line, column and sentence, in the form that editors make into a link.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Message}");
}
