using System.Text;
using System.Text.Json;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Where the reader stands within an event, and the first refusal: later ones would only confuse.</summary>
internal sealed class Refusals
{
    private string[] _path = new string[16];
    private int _depth;

    public Refusal? First { get; private set; }

    public void Reset()
    {
        (_depth, First) = (0, null);
    }

    public void Enter(string member)
    {
        if (_depth == _path.Length)
        {
            Array.Resize(ref _path, _depth * 2);
        }

        _path[_depth++] = member;
    }

    public void Leave() => _depth--;

    /// <summary>Notes why the event is refused, at the member where the reader stands.</summary>
    /// <returns>Always false, so that a reading method can return it.</returns>
    public bool Refuse(RefusalReason reason, string message)
    {
        First ??= new Refusal(reason, message, Pointer());
        return false;
    }

    /// <summary>The value at which the reader stands, as a message shows it.</summary>
    public static string Shown(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 40)]),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    private string Pointer() =>
        string.Concat(_path.Take(_depth).Select(member => "/" + member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
