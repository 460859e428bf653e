using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads texts in both languages.</summary>
internal static class LocalTexts
{
    /// <summary>A mapping of <c>zh</c> and <c>en</c>, both needed.</summary>
    public static LocalText? Read(YamlMap map, string what, PackageErrors errors)
    {
        var members = new Members(map, what, errors);
        var chinese = members.Text("zh", "the text in Chinese", required: true);
        var english = members.Text("en", "the text in English", required: true);
        members.RefuseOthers();
        return chinese is not null && english is not null ? new LocalText(chinese, english) : null;
    }
}
