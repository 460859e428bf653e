using System.Collections.Frozen;
using System.Globalization;

namespace Pudong.Twin.Domain.Risk;

/// <summary>How bad an incident at an element would be, in five levels.</summary>
/// <remarks>RISK-MODEL.md, section 6: <c>C</c> in {0.2, 0.4, 0.6, 0.8, 1.0} by kind and exposure. It is shown apart from likelihood.</remarks>
public readonly record struct Consequence
{
    private readonly byte _above;

    /// <summary>A level.</summary>
    /// <param name="level">1 (sensor) to 5 (care facility).</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not 1 to 5.</exception>
    public Consequence(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 5);
        _above = (byte)(level - 1);
    }

    /// <summary>1 to 5; also the column of the 5 × 5 matrix.</summary>
    public int Level => _above + 1;

    /// <summary><c>C</c>: 0.2, 0.4, 0.6, 0.8 or 1.0.</summary>
    public double Value => Level / 5.0;

    /// <summary>Reads a level from the number of the package.</summary>
    /// <param name="value">0.2, 0.4, 0.6, 0.8 or 1.0.</param>
    /// <param name="consequence">The level.</param>
    /// <returns>Whether the number is one of the five.</returns>
    public static bool TryFrom(double value, out Consequence consequence)
    {
        for (var level = 1; level <= 5; level++)
        {
            consequence = new Consequence(level);
            if (consequence.Value == value)
            {
                return true;
            }
        }

        consequence = default;
        return false;
    }

    /// <summary>The number as text.</summary>
    public override string ToString() => Value.ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>The consequence of a kind, and of its elements with a special exposure.</summary>
/// <param name="Standard">The consequence without a special exposure.</param>
/// <param name="ByExposure">The consequence by exposure code, such as <c>high-risk</c>.</param>
public sealed record ConsequenceRules(Consequence Standard, FrozenDictionary<string, Consequence> ByExposure)
{
    /// <summary>The consequence of an element.</summary>
    /// <param name="exposure">The element's exposure code; null, or one that is not listed, for the standard.</param>
    public Consequence Of(string? exposure) => exposure is not null && ByExposure.TryGetValue(exposure, out var special) ? special : Standard;
}
