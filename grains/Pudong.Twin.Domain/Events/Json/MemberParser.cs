using System.Text.Json;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Walks over the members of an object of known names, each at most once.</summary>
internal sealed class MemberParser(Refusals refusals)
{
    private static readonly MemberNames NoNames = new();

    private uint _seen;

    /// <summary>Whether the walk came to the object's end without a refusal.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Begins the walk at an object.</summary>
    public bool Begin(ref Utf8JsonReader reader)
    {
        (_seen, IsDone) = (0, false);
        return reader.TokenType == JsonTokenType.StartObject
            || refusals.Refuse(RefusalReason.WrongType, $"The data is {Refusals.Shown(ref reader)}; expected an object.");
    }

    /// <summary>Goes to the value of the next member.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="names">The names that are allowed.</param>
    /// <returns>Its place among the names; −1 at the end or when it is refused.</returns>
    public int Next(ref Utf8JsonReader reader, MemberNames names)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            IsDone = true;
            return -1;
        }

        var place = names.PlaceOf(reader.ValueIsEscaped ? EventStrings.Strict.GetBytes(reader.GetString()!) : reader.ValueSpan);
        if (place < 0)
        {
            return IsUnknown(ref reader, names);
        }

        return Take(ref reader, place, names[place]) ? place : -1;
    }

    /// <summary>Ends a member; its value was right.</summary>
    public bool End()
    {
        refusals.Leave();
        return true;
    }

    /// <summary>Goes to the end of an object that may have no members.</summary>
    public bool ReadNone(ref Utf8JsonReader reader) => Next(ref reader, NoNames) < 0 && IsDone;

    /// <summary>Notes a member that is missing.</summary>
    public bool Need(bool there, string name) =>
        there || refusals.Refuse(RefusalReason.MissingField, $"The member '{name}' is missing; expected it in this object.");

    /// <summary>Refuses at a member of the object just read.</summary>
    public bool RefuseAt(string member, RefusalReason reason, string message)
    {
        refusals.Enter(member);
        return refusals.Refuse(reason, message);
    }

    /// <summary>A text of bounded length that is not empty.</summary>
    public bool TryText(ref Utf8JsonReader reader, string name, int longest, out string? text)
    {
        text = null;
        if (reader.TokenType != JsonTokenType.String)
        {
            return refusals.Refuse(RefusalReason.WrongType, $"The '{name}' is {Refusals.Shown(ref reader)}; expected a text.");
        }

        text = reader.ValueSpan.Length <= longest * 6 ? reader.GetString() : null;
        return text is { Length: > 0 } && text.Length <= longest
            ? true
            : refusals.Refuse(RefusalReason.TextTooLong, $"The '{name}' has {reader.ValueSpan.Length} bytes; expected 1 to {longest} characters.");
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool TryTruth(ref Utf8JsonReader reader, string name, out bool truth)
    {
        truth = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False
            || refusals.Refuse(RefusalReason.WrongType, $"The '{name}' is {Refusals.Shown(ref reader)}; expected true or false.");
    }

    /// <summary>Notes a name that is not known, with the nearest one.</summary>
    public bool Unknown(ref Utf8JsonReader reader, RefusalReason reason, string sort, IEnumerable<string> known)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return refusals.Refuse(RefusalReason.WrongType, $"Found {Refusals.Shown(ref reader)}; expected the name of a {sort}.");
        }

        var name = reader.ValueSpan.Length > 256 ? "…" : reader.GetString()!;
        var names = known.Order(StringComparer.Ordinal).ToArray();
        var right = NearestName.Of(name, names) is { } nearest ? $"did you mean '{nearest}'?"
            : names.Length == 0 ? "expected none."
            : $"expected one of {string.Join(", ", names.Take(20))}.";
        return refusals.Refuse(reason, $"'{name}' is no {sort}; {right}");
    }

    private int IsUnknown(ref Utf8JsonReader reader, MemberNames names)
    {
        refusals.Enter(reader.ValueSpan.Length > 256 ? "…" : reader.GetString()!);
        Unknown(ref reader, RefusalReason.UnknownField, "member", names.All);
        return -1;
    }

    private bool IsRepeated(string name) => refusals.Refuse(RefusalReason.RepeatedMember, $"The member '{name}' stands twice; expected it once.");

    private bool Take(ref Utf8JsonReader reader, int place, string name)
    {
        refusals.Enter(name);
        if ((_seen & (1u << place)) != 0)
        {
            return IsRepeated(name);
        }

        _seen |= 1u << place;
        reader.Read();
        return true;
    }
}
