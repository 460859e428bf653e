using System.Text.Json;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads the <c>data</c> of an event in the form that its type asks for.</summary>
internal sealed class DataParser(PackageNames names, Refusals refusals, CloudEventOptions options, EventStrings strings)
{
    private static readonly MemberNames ReadingMembers = new("reading", "value", "unit");
    private static readonly MemberNames EvidenceMembers = new("evidence", "severity", "confidence", "reading", "case");
    private static readonly MemberNames ClearingMembers = new("evidence");
    private static readonly MemberNames WithdrawalMembers = new("evidence", "source", "id", "case");
    private static readonly MemberNames OpeningMembers = new("case", "caseType", "evidence");
    private static readonly MemberNames ClosingMembers = new("case", "caseType", "verified");
    private static readonly MemberNames ReopeningMembers = new("case", "caseType");

    private readonly MemberParser _members = new(refusals);
    private readonly AttributesParser _attributes = new(names, refusals, options, strings);
    private readonly FieldsParser _fields = new(names, refusals, options);
    private readonly ValueParser _values = new(refusals, options);

    /// <summary>The data at which the reader stands; null when it is refused.</summary>
    public EventData? Read(ref Utf8JsonReader reader, EventType type, ElementId subject, ElementKind kind) => type.Action switch
    {
        EventAction.ReceiveReading => ReadReading(ref reader, kind),
        EventAction.Register => _attributes.Read(ref reader, subject, kind, withRelations: true),
        EventAction.ObserveAttributes => _attributes.Read(ref reader, subject, kind, withRelations: false),
        EventAction.AddRelation or EventAction.RemoveRelation => _attributes.ReadRelation(ref reader, subject),
        EventAction.ObserveEvidence => ReadEvidence(ref reader),
        EventAction.ClearEvidence or EventAction.WithdrawEvidence => ReadEnd(ref reader, type.Action == EventAction.WithdrawEvidence),
        EventAction.OpenCase or EventAction.CloseCase or EventAction.ReopenCase => ReadCase(ref reader, type.Action, kind),
        EventAction.Retire => _members.Begin(ref reader) && _members.ReadNone(ref reader) ? NoData.Instance : null,
        _ => _fields.Read(ref reader, type),
    };

    /// <summary>What stands for data that an event leaves out; null when its type needs some.</summary>
    public EventData? ReadMissing(EventType type) => type.Action switch
    {
        EventAction.Retire => NoData.Instance,
        EventAction.Register => new AttributeData([], []),
        EventAction.None => _fields.ReadMissing(type),
        _ => refusals.Refuse(RefusalReason.MissingField, $"An event of type '{type.Name}' lacks 'data'; expected an object.") ? NoData.Instance : null,
    };

    private ReadingData? ReadReading(ref Utf8JsonReader reader, ElementKind kind)
    {
        if (!_members.Begin(ref reader))
        {
            return null;
        }

        ReadingDefinition? reading = null;
        var value = double.NaN;
        string? unit = null;
        while (_members.Next(ref reader, ReadingMembers) is var member and >= 0)
        {
            var right = member switch
            {
                0 => names.Readings[kind].TryFind(ref reader, out reading) || IsUnknownReading(ref reader, kind),
                1 => _values.TryFinite(ref reader, "value", out value),
                // The declared unit needs no text of its own.
                _ when reading is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(reading.Unit) => true,
                _ => _members.TryText(ref reader, "unit", 32, out unit),
            };
            if (!right || !_members.End())
            {
                return null;
            }
        }

        return _members.IsDone && _members.Need(reading is not null, "reading") && _members.Need(!double.IsNaN(value), "value") && Fits(reading!, value, unit)
            ? new ReadingData(reading!.Ordinal, value)
            : null;
    }

    private bool IsUnknownReading(ref Utf8JsonReader reader, ElementKind kind) =>
        Unknown(ref reader, RefusalReason.UnknownReading, $"reading of kind '{kind.Name}'", names.Readings[kind].Names);

    private bool Fits(ReadingDefinition reading, double value, string? unit)
    {
        if (unit is not null && unit != reading.Unit)
        {
            return _members.RefuseAt("unit", RefusalReason.UnknownUnit, $"The reading '{reading.Name}' comes in '{unit}'; expected '{reading.Unit}'.");
        }

        return (value >= reading.Minimum && value <= reading.Maximum)
            || _members.RefuseAt("value", RefusalReason.OutOfRange, FormattableString.Invariant($"The reading '{reading.Name}' is {value}; expected {reading.Minimum} to {reading.Maximum}."));
    }

    private EvidenceData? ReadEvidence(ref Utf8JsonReader reader)
    {
        if (!_members.Begin(ref reader))
        {
            return null;
        }

        Risk.EvidenceType? type = null;
        var (severity, confidence, reading) = (double.NaN, 1.0, double.NaN);
        string? @case = null;
        while (_members.Next(ref reader, EvidenceMembers) is var member and >= 0)
        {
            var right = member switch
            {
                0 => TryEvidence(ref reader, out type),
                1 => _values.TryFinite(ref reader, "severity", out severity) && InRange("severity", severity, 0.99),
                2 => _values.TryFinite(ref reader, "confidence", out confidence) && InRange("confidence", confidence, 1),
                3 => _values.TryFinite(ref reader, "reading", out reading),
                _ => _members.TryText(ref reader, "case", 128, out @case),
            };
            if (!right || !_members.End())
            {
                return null;
            }
        }

        if (!_members.IsDone || !_members.Need(type is not null, "evidence"))
        {
            return null;
        }

        var given = !double.IsNaN(severity) ? severity : double.IsNaN(reading) ? type!.Severity : type!.SeverityAt(reading);
        return new EvidenceData(type!.Index, given, confidence) { Case = @case };
    }

    private EvidenceEndData? ReadEnd(ref Utf8JsonReader reader, bool withdrawal)
    {
        if (!_members.Begin(ref reader))
        {
            return null;
        }

        Risk.EvidenceType? type = null;
        string? source = null;
        string? id = null;
        string? @case = null;
        while (_members.Next(ref reader, withdrawal ? WithdrawalMembers : ClearingMembers) is var member and >= 0)
        {
            var right = member switch
            {
                0 => TryEvidence(ref reader, out type),
                1 => _members.TryText(ref reader, "source", 1_024, out source),
                2 => _members.TryText(ref reader, "id", 256, out id),
                _ => _members.TryText(ref reader, "case", 128, out @case),
            };
            if (!right || !_members.End())
            {
                return null;
            }
        }

        if (!_members.IsDone || !_members.Need(type is not null, "evidence") || !_members.Need((source is null) == (id is null), source is null ? "source" : "id"))
        {
            return null;
        }

        return new EvidenceEndData(type!.Index) { Piece = id is null ? null : EventKey.Of(source!, id), Case = @case };
    }

    private CaseData? ReadCase(ref Utf8JsonReader reader, EventAction action, ElementKind kind)
    {
        if (!_members.Begin(ref reader))
        {
            return null;
        }

        string? id = null;
        CaseType? type = null;
        var verified = false;
        Risk.EvidenceType? evidence = null;
        var allowed = action switch
        {
            EventAction.OpenCase => OpeningMembers,
            EventAction.CloseCase => ClosingMembers,
            _ => ReopeningMembers,
        };
        while (_members.Next(ref reader, allowed) is var member and >= 0)
        {
            var right = member switch
            {
                0 => _members.TryText(ref reader, "case", 128, out id),
                1 => names.CaseTypes.TryFind(ref reader, out type) || Unknown(ref reader, RefusalReason.UnknownCaseType, "case type", names.CaseTypes.Names),
                _ when action == EventAction.OpenCase => TryEvidence(ref reader, out evidence),
                _ => _members.TryTruth(ref reader, "verified", out verified),
            };
            if (!right || !_members.End())
            {
                return null;
            }
        }

        return _members.IsDone && _members.Need(id is not null, "case") && _members.Need(type is not null, "caseType") && MayBeAbout(type!, kind)
            ? new CaseData(id!, type!.Name) { Verified = verified, Evidence = evidence?.Index ?? (action == EventAction.OpenCase ? type.Evidence : null) }
            : null;
    }

    private bool MayBeAbout(CaseType type, ElementKind kind) =>
        type.Kinds.Count == 0 || type.Kinds.Contains(kind.Name)
        || refusals.Refuse(RefusalReason.UnknownCaseType, $"A case of type '{type.Name}' is not about kind '{kind.Name}'; expected {string.Join(", ", type.Kinds.Order(StringComparer.Ordinal))}.");

    private bool TryEvidence(ref Utf8JsonReader reader, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Risk.EvidenceType type) =>
        names.Evidence.TryFind(ref reader, out type) || Unknown(ref reader, RefusalReason.UnknownEvidence, "evidence type", names.Evidence.Names);

    private bool InRange(string name, double number, double highest) =>
        number >= 0 && number <= highest
            ? true
            : refusals.Refuse(RefusalReason.OutOfRange, FormattableString.Invariant($"The '{name}' is {number}; expected 0 to {highest}."));

    private bool Unknown(ref Utf8JsonReader reader, RefusalReason reason, string sort, IEnumerable<string> known) => _members.Unknown(ref reader, reason, sort, known);
}
