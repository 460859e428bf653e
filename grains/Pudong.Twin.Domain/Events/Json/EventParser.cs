using System.Text.Json;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads one event: its context attributes first, then its data in the form of its type.</summary>
internal sealed class EventParser(PackageNames names, Refusals refusals, CloudEventOptions options, EventStrings strings)
{
    private readonly ContextParser _context = new(names, refusals, options, strings);
    private readonly DataParser _data = new(names, refusals, options, strings);

    /// <summary>The event at which the reader stands; null when it is refused, and then the reader stands anywhere.</summary>
    public TwinEvent? Read(ref Utf8JsonReader reader, long now)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            refusals.Refuse(RefusalReason.NotACloudEvent, $"The event is {Refusals.Shown(ref reader)}; expected an object.");
            return null;
        }

        _context.Reset();
        EventData? data = null;
        Utf8JsonReader later = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!_context.TryRead(ref reader, out var isData))
            {
                return null;
            }

            if (!isData)
            {
                continue;
            }

            // The usual order has type and subject before the data; else the data is read when they are known.
            if (_context.Type is not null && _context.Subject is not null)
            {
                data = ReadData(ref reader);
                if (data is null)
                {
                    return null;
                }
            }
            else
            {
                later = reader;
                reader.Skip();
            }
        }

        return _context.IsComplete(now) ? Complete(data ?? ReadLater(ref later), now) : null;
    }

    private TwinEvent? Complete(EventData? data, long now) => data is null ? null : new TwinEvent(
        _context.Id!, _context.Source!, _context.Type!.Name, _context.Subject!, _context.Time ?? now, data)
    {
        SpelledId = _context.SpelledId,
        ExpectedRevision = _context.ExpectedRevision,
        TraceParent = _context.TraceParent,
    };

    private EventData? ReadLater(ref Utf8JsonReader later) => _context.HasData ? ReadData(ref later) : CheckType() is null ? null : _data.ReadMissing(_context.Type!);

    private EventData? ReadData(ref Utf8JsonReader reader)
    {
        if (CheckType() is not { } kind)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return _data.ReadMissing(_context.Type!);
        }

        refusals.Enter("data");
        var data = _data.Read(ref reader, _context.Type!, _context.Subject!, kind);
        if (data is not null)
        {
            refusals.Leave();
        }

        return data;
    }

    private ElementKind? CheckType()
    {
        var (type, subject) = (_context.Type!, _context.Subject!);
        var kind = strings.Kind(names.Package, subject.Kind);
        if (kind is not null && !type.Internal && type.MayBeAbout(kind.Name))
        {
            return kind;
        }

        RefuseType(type, subject, kind);
        return null;
    }

    private void RefuseType(EventType type, ElementId subject, ElementKind? kind)
    {
        if (type.Internal)
        {
            _context.RefuseAt("type", RefusalReason.InternalEventType, $"Events of type '{type.Name}' are sent by the twin itself only; expected another type.");
        }
        else if (kind is null)
        {
            _context.RefuseAt("subject", RefusalReason.UnknownKind, $"Package {names.Package} has no kind '{subject.Kind}'; expected one of {string.Join(", ", names.Package.Kinds.Select(known => known.Name))}.");
        }
        else
        {
            _context.RefuseAt("subject", RefusalReason.KindNotAllowed, $"An event of type '{type.Name}' is not about kind '{kind.Name}'; expected {string.Join(", ", type.Kinds.Order(StringComparer.Ordinal))}.");
        }
    }
}
