namespace Pudong.Twin.Domain.Packages;

/// <summary>A text for people, in both languages of the users.</summary>
/// <param name="Chinese">The text in Chinese.</param>
/// <param name="English">The text in English.</param>
public sealed record LocalText(string Chinese, string English)
{
    /// <summary>The text in the language asked for.</summary>
    /// <param name="language">A language tag such as <c>zh</c>, <c>zh-CN</c> or <c>en</c>; any other than Chinese gives English.</param>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;
}
