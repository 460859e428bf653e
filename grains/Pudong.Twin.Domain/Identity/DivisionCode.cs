using System.Diagnostics.CodeAnalysis;

namespace Pudong.Twin.Domain.Identity;

/// <summary>What a division code names.</summary>
public enum DivisionKind
{
    /// <summary>A county-level district, 6 digits: Pudong is <c>310115</c>.</summary>
    District,

    /// <summary>A street (街道), digits 7 to 9 from 001 to 099.</summary>
    Street,

    /// <summary>A town (镇), 100 to 199.</summary>
    Town,

    /// <summary>A farm (农场) that is counted like a town, 400 to 499.</summary>
    Farm,

    /// <summary>A zone (园区) that is counted like a town, 500 to 599.</summary>
    Zone,

    /// <summary>A residents' committee (居民委员会), digits 10 to 12 from 001 to 199.</summary>
    ResidentsCommittee,

    /// <summary>A villagers' committee (村民委员会), 200 to 399.</summary>
    VillagersCommittee,

    /// <summary>A look-alike of a residents' committee (类似居委会), 400 to 499.</summary>
    ResidentsCommitteeLike,

    /// <summary>A look-alike of a villagers' committee (类似村委会), 500 to 599.</summary>
    VillagersCommitteeLike,
}

/// <summary>A code of an administrative division: a district, a street or town, or a village or residential committee.</summary>
/// <remarks>
/// DOMAIN.md, section 6: GB/T 2260 gives the district 6 digits, the statistical code goes on with 3 for the street or town and 3 for the committee.
/// The code is a text and no number; it is neither an address nor part of an identity number.
/// </remarks>
public sealed record DivisionCode
{
    private DivisionCode(string text, DivisionKind kind)
    {
        Text = text;
        Kind = kind;
    }

    /// <summary>The digits: 6, 9 or 12.</summary>
    public string Text { get; }

    /// <summary>What the code names, as its digits say.</summary>
    public DivisionKind Kind { get; }

    /// <summary>The division that holds it; null for a district.</summary>
    public DivisionCode? Parent => Kind == DivisionKind.District ? null : Parse(Text[..^3]);

    /// <summary>Whether a division lies in this one, or is this one.</summary>
    /// <param name="other">The code of the division.</param>
    public bool Contains(DivisionCode other) => other.Text.StartsWith(Text, StringComparison.Ordinal);

    /// <summary>Reads a code.</summary>
    /// <param name="text">6, 9 or 12 digits.</param>
    /// <exception cref="FormatException">The text is no division code; the message says why.</exception>
    public static DivisionCode Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var code) ? code : throw new FormatException(MistakeIn(text));
    }

    /// <summary>Reads a code.</summary>
    /// <param name="text">6, 9 or 12 digits.</param>
    /// <param name="code">The code; null when the text is none.</param>
    /// <returns>Whether the text is a division code.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DivisionCode? code)
    {
        var kind = text is null || text.AsSpan().ContainsAnyExceptInRange('0', '9') ? null : KindOf(text);
        code = kind is { } known ? new DivisionCode(text!, known) : null;
        return code is not null;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => Text;

    private static DivisionKind? KindOf(string text) => text.Length switch
    {
        6 => DivisionKind.District,
        9 => TownLevel(Number(text, 6)),
        12 when TownLevel(Number(text, 6)) is not null => CommitteeLevel(Number(text, 9)),
        _ => null,
    };

    private static DivisionKind? TownLevel(int number) => number switch
    {
        >= 1 and <= 99 => DivisionKind.Street,
        >= 100 and <= 199 => DivisionKind.Town,
        >= 400 and <= 499 => DivisionKind.Farm,
        >= 500 and <= 599 => DivisionKind.Zone,
        _ => null,
    };

    private static DivisionKind? CommitteeLevel(int number) => number switch
    {
        >= 1 and <= 199 => DivisionKind.ResidentsCommittee,
        >= 200 and <= 399 => DivisionKind.VillagersCommittee,
        >= 400 and <= 499 => DivisionKind.ResidentsCommitteeLike,
        >= 500 and <= 599 => DivisionKind.VillagersCommitteeLike,
        _ => null,
    };

    private static int Number(string text, int start) => ((text[start] - '0') * 100) + ((text[start + 1] - '0') * 10) + (text[start + 2] - '0');

    private static string MistakeIn(string text) =>
        $"'{(text.Length > 40 ? text[..40] : text)}' is no division code; expected 6 digits (district), 9 (street 001-099, town 100-199, farm 400-499, zone 500-599) "
        + "or 12 (committee 001-199, 200-399, 400-499, 500-599).";
}
