using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Finds two names of one sort that would be stored under the same number (<see cref="NameHash"/>): rare, and then one of them must change.</summary>
internal static class NumberChecks
{
    /// <summary>Notes when a new name has the number of another one.</summary>
    /// <returns>Whether the name may be used.</returns>
    public static bool Check(YamlScalar name, string sort, IEnumerable<string> others, PackageErrors errors)
    {
        var number = NameHash.Of(name.Value);
        foreach (var other in others)
        {
            if (other != name.Value && NameHash.Of(other) == number)
            {
                errors.Add(name.Place, $"The {sort} '{name.Value}' would be stored under the same number as '{other}'; expected another name.");
                return false;
            }
        }

        return true;
    }
}
