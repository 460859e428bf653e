using System.Buffers;
using System.Text;
using System.Text.Json;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads the context attributes of a CloudEvent, each at most once.</summary>
internal sealed class ContextParser(PackageNames names, Refusals refusals, CloudEventOptions options, EventStrings strings)
{
    private const int IdLength = 256;
    private const int SourceLength = 1_024;
    private const int OtherLength = 4_096;
    private const int ExtensionLimit = 32;

    private static readonly NameTable<Member> Members = new(Enum.GetValues<Member>().Select(member => KeyValuePair.Create(NameOf(member), member)));

    private static readonly SearchValues<char> ExtensionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    // RFC 3986: unreserved, reserved and the percent sign; others are written as percent and two digits.
    private static readonly SearchValues<byte> UriCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"u8);

    private readonly MemberParser _texts = new(refusals);
    private readonly List<string> _extensions = [];
    private uint _seen;

    /// <summary>The id; null when there is none, or when its characters say it.</summary>
    public string? Id { get; private set; }

    /// <summary>The characters of the id, where they are ASCII.</summary>
    public AsciiText SpelledId { get; private set; }

    public string? Source { get; private set; }

    public EventType? Type { get; private set; }

    public ElementId? Subject { get; private set; }

    /// <summary>In Unix milliseconds; null when the event has none.</summary>
    public long? Time { get; private set; }

    public long? ExpectedRevision { get; private set; }

    public string? TraceParent { get; private set; }

    public bool HasData => Has(Member.Data);

    private enum Member
    {
        SpecVersion,
        Id,
        Source,
        Type,
        Subject,
        Time,
        DataContentType,
        DataSchema,
        Data,
        DataBase64,
        TraceParent,
        ExpectedRevision,
    }

    public void Reset()
    {
        (Id, SpelledId, Source, Type, Subject, Time, ExpectedRevision, TraceParent, _seen) = (null, default, null, null, null, null, null, null, 0);
        _extensions.Clear();
    }

    /// <summary>Reads a member, from its name to the end of its value; of <c>data</c> only to the beginning of its value.</summary>
    public bool TryRead(ref Utf8JsonReader reader, out bool isData)
    {
        isData = false;
        if (!Members.TryFind(ref reader, out var member))
        {
            return TryExtension(ref reader);
        }

        refusals.Enter(NameOf(member));
        if (Has(member))
        {
            return IsRepeated(NameOf(member));
        }

        _seen |= 1u << (int)member;
        reader.Read();
        var right = TryValue(ref reader, member);
        if (right)
        {
            refusals.Leave();
        }

        isData = member == Member.Data;
        return right;
    }

    /// <summary>Whether nothing is missing and the time is one that can be kept.</summary>
    public bool IsComplete(long now) =>
        Need(Has(Member.SpecVersion), Member.SpecVersion) && Need(Id is not null || !SpelledId.IsEmpty, Member.Id) && Need(Source is not null, Member.Source) && Need(Type is not null, Member.Type)
        && NeedSubject() && TimeFits(now);

    /// <summary>Refuses at a member of the event.</summary>
    public void RefuseAt(string member, RefusalReason reason, string message)
    {
        refusals.Enter(member);
        refusals.Refuse(reason, message);
    }

    private bool TryValue(ref Utf8JsonReader reader, Member member) => member switch
    {
        Member.Data => true,
        Member.DataBase64 => refusals.Refuse(RefusalReason.NotACloudEvent, "The event has binary data; expected JSON in 'data'."),
        Member.ExpectedRevision => TryRevision(ref reader),
        _ when reader.TokenType == JsonTokenType.Null => Forget(member),
        _ when reader.TokenType != JsonTokenType.String => IsNoText(ref reader, member),
        _ => TryText(ref reader, member),
    };

    private bool TryText(ref Utf8JsonReader reader, Member member)
    {
        switch (member)
        {
            case Member.SpecVersion:
                return reader.ValueTextEquals("1.0"u8) || refusals.Refuse(RefusalReason.NotACloudEvent, "The 'specversion' is not known; expected '1.0'.");
            case Member.Id:
                return TryId(ref reader);
            case Member.Source:
                return TrySource(ref reader);
            case Member.Type:
                Type = names.EventTypes.TryFind(ref reader, out var type) ? type : null;
                return Type is not null || IsUnknownType(ref reader);
            case Member.Subject:
                Subject = reader.ValueIsEscaped ? null : strings.Id(reader.ValueSpan);
                return Subject is not null || refusals.Refuse(RefusalReason.InvalidSubject, ElementId.MistakeIn(reader.ValueSpan.Length > 1_024 ? "…" : reader.GetString()!));
            case Member.Time:
                return TryTime(ref reader);
            case Member.DataContentType:
                return IsJson(ref reader) || refusals.Refuse(RefusalReason.NotACloudEvent, "The 'datacontenttype' is not JSON; expected 'application/json' or none.");
            case Member.TraceParent:
                var right = _texts.TryText(ref reader, "traceparent", 64, out var trace);
                TraceParent = trace;
                return right;
            default:
                return _texts.TryText(ref reader, NameOf(member), OtherLength, out _);
        }
    }

    private bool TryId(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && reader.ValueSpan.Length is > 0 and <= IdLength && Ascii.IsValid(reader.ValueSpan))
        {
            SpelledId = strings.Keep(reader.ValueSpan);
            return true;
        }

        var right = _texts.TryText(ref reader, "id", IdLength, out var id);
        Id = id;
        return right;
    }

    private bool TrySource(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (reader.ValueIsEscaped && reader.GetString() is { } unescaped)
        {
            text = EventStrings.Strict.GetBytes(unescaped);
        }

        if (text.Length is 0 or > SourceLength || text.ContainsAnyExcept(UriCharacters))
        {
            return refusals.Refuse(RefusalReason.NotACloudEvent, $"The 'source' is no URI reference; expected 1 to {SourceLength} of the characters that URIs allow, so no spaces.");
        }

        Source = strings.Source(text);
        return true;
    }

    private bool TryTime(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || !Rfc3339.TryParse(reader.ValueSpan, out var ticks))
        {
            return refusals.Refuse(RefusalReason.InvalidTime, "The 'time' is no time; expected one after RFC 3339 such as 2021-11-01T08:00:00Z.");
        }

        Time = (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        return true;
    }

    private bool TryRevision(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var revision) || revision < 0)
        {
            return refusals.Refuse(RefusalReason.WrongType, $"The 'expectedrevision' is {Refusals.Shown(ref reader)}; expected a whole number of 0 or more.");
        }

        ExpectedRevision = revision;
        return true;
    }

    private bool TimeFits(long now) =>
        Time is not { } time || (time <= now + (options.SecondsAhead * 1_000L) && time >= now - (options.YearsBack * 31_557_600_000L)) || RefuseTime(time, now);

    private bool RefuseTime(long time, long now)
    {
        var (reason, message) = time > now
            ? (RefusalReason.TimeAhead, $"The event happens {(time - now) / 1_000} seconds from now; expected at most {options.SecondsAhead}.")
            : (RefusalReason.InvalidTime, $"The event happened more than {options.YearsBack} years ago; expected a later one.");
        RefuseAt("time", reason, message);
        return false;
    }

    private bool IsRepeated(string name) => refusals.Refuse(RefusalReason.RepeatedMember, $"The member '{name}' stands twice; expected it once.");

    private bool IsNoText(ref Utf8JsonReader reader, Member member) =>
        refusals.Refuse(RefusalReason.NotACloudEvent, $"The '{NameOf(member)}' is {Refusals.Shown(ref reader)}; expected a text.");

    private bool IsUnknownType(ref Utf8JsonReader reader) =>
        _texts.Unknown(ref reader, RefusalReason.UnknownEventType, $"event type in package {names.Package}", names.EventTypes.Names);

    // Extensions that the twin does not know are allowed; they must be well named and simple (CloudEvents 1.0, section 3.1).
    private bool TryExtension(ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan.Length > 128 ? "…" : reader.GetString()!;
        refusals.Enter(name);
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(ExtensionCharacters) || _extensions.Count == ExtensionLimit)
        {
            return refusals.Refuse(RefusalReason.NotACloudEvent, $"'{name}' is no attribute of a CloudEvent; expected at most {ExtensionLimit} of lower-case letters and digits, and what happened in 'data'.");
        }

        if (_extensions.Contains(name))
        {
            return IsRepeated(name);
        }

        _extensions.Add(name);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.ValueSpan.Length > OtherLength)
        {
            return refusals.Refuse(RefusalReason.NotACloudEvent, $"The '{name}' is {Refusals.Shown(ref reader)}; expected a text, a number or a truth value of at most {OtherLength} bytes.");
        }

        refusals.Leave();
        return true;
    }

    private static bool IsJson(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("application/json"u8))
        {
            return true;
        }

        var type = reader.ValueSpan.Length > 256 ? "" : reader.GetString()!;
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var media = (end < 0 ? type : type[..end]).Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || media.Equals("text/json", StringComparison.OrdinalIgnoreCase);
    }

    private bool NeedSubject() =>
        Subject is not null || refusals.Refuse(RefusalReason.InvalidSubject, "The event has no 'subject'; expected the id of the element it is about.");

    private bool Need(bool there, Member member) =>
        there || refusals.Refuse(RefusalReason.NotACloudEvent, $"The event has no '{NameOf(member)}'; expected it beside 'specversion', 'id', 'source' and 'type'.");

    private bool Has(Member member) => (_seen & (1u << (int)member)) != 0;

    // JSON null stands for an attribute that is not there.
    private bool Forget(Member member)
    {
        if (member == Member.SpecVersion)
        {
            _seen &= ~(1u << (int)member);
        }

        return true;
    }

    private static string NameOf(Member member) => member switch
    {
        Member.SpecVersion => "specversion",
        Member.Id => "id",
        Member.Source => "source",
        Member.Type => "type",
        Member.Subject => "subject",
        Member.Time => "time",
        Member.DataContentType => "datacontenttype",
        Member.DataSchema => "dataschema",
        Member.Data => "data",
        Member.DataBase64 => "data_base64",
        Member.TraceParent => "traceparent",
        _ => "expectedrevision",
    };
}
