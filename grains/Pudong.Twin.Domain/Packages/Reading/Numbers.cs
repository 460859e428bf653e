using System.Globalization;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads numbers of a package.</summary>
internal static class Numbers
{
    /// <summary>A finite number that is written without quotes.</summary>
    public static bool TryParse(YamlNode node, out double number)
    {
        number = 0;
        return node is YamlScalar { IsPlain: true } scalar
            && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }
}
