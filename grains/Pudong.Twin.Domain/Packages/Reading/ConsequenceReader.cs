using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Domain.Rules;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads what follows when a rule holds, bound to one kind of element.</summary>
internal sealed class ConsequenceReader(Draft draft, EventType on, ElementKind kind, string rule, List<RaisedBy> raised)
{
    private static readonly string[] Sorts = ["evidence", "clear", "set", "relate", "unrelate", "case", "raise"];

    public Schema Schema { get; } = RuleSchema.Of(kind, on);

    /// <summary>One consequence; null when it is wrong.</summary>
    public Consequence? Read(YamlMap map)
    {
        var sorts = map.Entries.Where(entry => Sorts.Contains(entry.Key.Value)).ToArray();
        if (sorts.Length != 1)
        {
            draft.Errors.Add(map.Place, $"A consequence of {rule} names {sorts.Length} of {string.Join(", ", Sorts)}; expected exactly one.");
            return null;
        }

        var sort = sorts[0].Key.Value;
        var members = new Members(map, $"consequence '{sort}' of {rule}", draft.Errors);
        var consequence = Read(sort, members);
        members.RefuseOthers();
        return consequence;
    }

    private Consequence? Read(string sort, Members members) => sort switch
    {
        "evidence" => Evidence(members),
        "clear" => Clear(members),
        "set" => Set(members),
        "relate" => Relate(members, sort, added: true),
        "unrelate" => Relate(members, sort, added: false),
        "case" => draft.FindCaseType(members.Scalar(sort, "a case type", required: true)) is { } type ? new RequestCase(type.Name) : null,
        _ => Raise(members),
    };

    private GiveEvidence? Evidence(Members members)
    {
        var type = draft.FindEvidence(members.Scalar("evidence", "an evidence type", required: true));
        var confidence = FormulaOf(members, "confidence", ValueKind.Number) ?? Formula.Bind(new Query.Syntax.IntegerLiteral(1), Schema);
        var severity = FormulaOf(members, "severity", ValueKind.Number);
        var reading = FormulaOf(members, "reading", ValueKind.Number);
        var along = Along(members);
        if (reading is not null && type is { Reading: null })
        {
            draft.Errors.Add(members.Place, $"The {members.What} has a reading, but evidence '{type.Name}' has no range of readings; expected 'reading: [from, to]' there.");
        }

        return type is null ? null : new GiveEvidence(type.Index, confidence) { Severity = severity, Reading = reading, Along = along };
    }

    private ClearEvidence? Clear(Members members)
    {
        var type = draft.FindEvidence(members.Scalar("clear", "an evidence type", required: true));
        var along = Along(members);
        if (type is { Mode: not Risk.EvidenceMode.Max })
        {
            draft.Errors.Add(members.Place, $"The {members.What} clears evidence '{type.Name}' of mode add; expected one of mode max, because happenings do not end by themselves.");
        }

        return type is null ? null : new ClearEvidence(type.Index) { Along = along };
    }

    private ChangeAttributeValue? Set(Members members)
    {
        var name = members.Scalar("set", "an attribute", required: true);
        var attribute = draft.Find(name, $"attribute of kind '{kind.Name}'", kind.Attributes, known => known.Name);
        var value = FormulaOf(members, "value", attribute is null ? null : KindOf(attribute.Queryable.Type), required: true);
        return attribute is null || value is null ? null : new ChangeAttributeValue(attribute.Ordinal, value);
    }

    private ChangeRelation? Relate(Members members, string sort, bool added)
    {
        var relation = draft.FindRelation(members.Scalar(sort, "a relation", required: true));
        var target = FormulaOf(members, "to", ValueKind.Text, required: true);
        if (relation is not null && !relation.MayBeFrom(kind.Name))
        {
            draft.Errors.Add(members.Place, $"The {members.What} is about kind '{kind.Name}', which relation '{relation.Name}' does not begin at; expected 'kinds' with {string.Join(", ", relation.From.Order(StringComparer.Ordinal))}.");
        }

        return relation is null || target is null ? null : new ChangeRelation(relation.Index, target, added);
    }

    private RaiseEvent? Raise(Members members)
    {
        var name = members.Scalar("raise", "an event type", required: true);
        var type = draft.FindEventType(name);
        var fields = members.Map("fields", "a mapping of field to expression")?.Entries ?? [];
        if (type is null)
        {
            return null;
        }

        if (type.PersonOnly || type.Action != EventAction.None)
        {
            draft.Errors.Add(name!.Place, type.PersonOnly
                ? $"The {members.What} raises '{type.Name}', which only a person may send; expected another event type."
                : $"The {members.What} raises the built-in event '{type.Name}'; expected an event type of the package, or a consequence such as evidence or set.");
        }

        raised.Add(new RaisedBy(rule, on.Name, type.Name, members.Place));
        return new RaiseEvent(type.Name, [.. fields.Select(entry => FieldOf(entry, type, members)).OfType<RaisedField>()]);
    }

    private RaisedField? FieldOf(YamlEntry entry, EventType type, Members members)
    {
        var field = draft.Find(entry.Key, $"field of event type '{type.Name}'", type.Fields, known => known.Name);
        if (entry.Value is not YamlScalar scalar)
        {
            draft.Errors.Add(entry.Value.Place, $"The field '{entry.Key.Value}' in {members.What} is {entry.Value.Description}; expected an expression in CQL2.");
            return null;
        }

        var value = Bind(scalar, $"field '{entry.Key.Value}' in {members.What}", field is null ? null : KindOf(field.Queryable.Type));
        return field is null || value is null ? null : new RaisedField(field.Ordinal, value);
    }

    private int? Along(Members members)
    {
        var name = members.Scalar("along", "a relation");
        var relation = draft.FindRelation(name);
        if (relation is not null && !relation.MayBeFrom(kind.Name))
        {
            draft.Errors.Add(name!.Place, $"The {members.What} goes along '{relation.Name}', which does not begin at kind '{kind.Name}'; expected 'kinds' with {string.Join(", ", relation.From.Order(StringComparer.Ordinal))}.");
        }

        return relation?.Index;
    }

    private Formula? FormulaOf(Members members, string name, ValueKind? type, bool required = false) =>
        members.Scalar(name, "an expression in CQL2", required) is { } scalar ? Bind(scalar, $"'{name}' of {members.What}", type) : null;

    private Formula? Bind(YamlScalar scalar, string what, ValueKind? type)
    {
        if (ExpressionReader.Read(scalar, what, draft.Errors) is not { } expression
            || ExpressionReader.Formula(scalar, expression, Schema, what, draft.Errors) is not { } formula)
        {
            return null;
        }

        if (type is not null && formula.Kind != type && formula.Kind != ValueKind.Null)
        {
            draft.Errors.Add(scalar.Place, $"The {what} is of type {TypeNames.Of(formula.Kind)}; expected type {TypeNames.Of(type.Value)}.");
            return null;
        }

        return formula;
    }

    private static ValueKind KindOf(QueryableType type) => type switch
    {
        QueryableType.Text => ValueKind.Text,
        QueryableType.Number or QueryableType.Integer => ValueKind.Number,
        QueryableType.Boolean => ValueKind.Boolean,
        QueryableType.Date => ValueKind.Date,
        QueryableType.Timestamp => ValueKind.Timestamp,
        _ => ValueKind.Geometry,
    };
}
