using System.Diagnostics;
using System.Globalization;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Rules;

/// <summary>Lets happen what follows from a rule. A NULL among its values means that nothing follows; a wrong value refuses the event.</summary>
internal static class Consequences
{
    /// <summary>Lets one consequence happen.</summary>
    public static void Happen(Consequence consequence, in RuleScope scope)
    {
        switch (consequence)
        {
            case GiveEvidence give:
                Give(give, scope);
                break;
            case ClearEvidence clear when Evidencing.TypeOf(scope.Draft, clear.Type) is { } type:
                Evidencing.Take(scope.Draft, type, clear.Along, scope.Event.Time);
                break;
            case ClearEvidence:
                break;
            case ChangeAttributeValue change:
                Observing.ObserveOne(scope.Draft, change.Attribute, Evaluate(change.Value, scope), scope.Event);
                break;
            case ChangeRelation change:
                Relate(change, scope);
                break;
            case RequestCase request:
                scope.Draft.Add(new CaseRequested(scope.Draft.Before.Id, request.CaseType, scope.Rule, scope.Event.Time));
                scope.Draft.Changed();
                break;
            case RaiseEvent raise:
                Raise(raise, scope);
                break;
            default:
                throw new UnreachableException($"Rules know no consequence {consequence.GetType().Name}.");
        }
    }

    private static Value Evaluate(Formula formula, in RuleScope scope) => formula.Evaluate(scope.Record, scope.NowTicks);

    private static void Give(GiveEvidence give, in RuleScope scope)
    {
        if (Evidencing.TypeOf(scope.Draft, give.Type) is not { } type)
        {
            return;
        }

        var confidence = Evaluate(give.Confidence, scope);
        var severity = SeverityOf(give, type, scope);
        if (confidence.IsNull || severity.IsNull)
        {
            return;
        }

        // Written so that NaN fails too.
        if (severity.Number is not (>= 0 and <= 0.99) || confidence.Number is not (>= 0 and <= 1))
        {
            scope.Draft.Refuse(RefusalReason.RuleValueInvalid, string.Create(
                CultureInfo.InvariantCulture,
                $"Rule '{scope.Rule}' of package {scope.Draft.Package.Version} gives evidence '{type.Name}' severity {severity.Number} and confidence {confidence.Number}; expected 0 to 0.99 and 0 to 1."));
            return;
        }

        Evidencing.Give(scope.Draft, type, severity.Number, confidence.Number, give.Along, scope.Event.Time);
    }

    private static Value SeverityOf(GiveEvidence give, EvidenceType type, in RuleScope scope)
    {
        if (give.Reading is { } formula)
        {
            var reading = Evaluate(formula, scope);
            return reading.IsNull ? Value.Null : Value.Of(type.SeverityAt(reading.Number));
        }

        return give.Severity is { } given ? Evaluate(given, scope) : Value.Of(type.Severity);
    }

    private static void Relate(ChangeRelation change, in RuleScope scope)
    {
        if (Evaluate(change.Target, scope).Text is not { } text)
        {
            return;
        }

        if (!ElementId.TryParse(text, out var target))
        {
            scope.Draft.Refuse(RefusalReason.RuleValueInvalid, $"Rule '{scope.Rule}' of package {scope.Draft.Package.Version} names the target of a relation: {ElementId.MistakeIn(text)}");
            return;
        }

        var data = new RelationData(change.Relation, target);
        if (change.Added)
        {
            Relating.Add(scope.Draft, data, scope.Event.Time);
        }
        else
        {
            Relating.Remove(scope.Draft, data, scope.Event.Time);
        }
    }

    private static void Raise(RaiseEvent raise, in RuleScope scope)
    {
        if (scope.Draft.Package.FindEventType(raise.EventType) is not { } type)
        {
            scope.Draft.Refuse(RefusalReason.UnknownEventType, $"Rule '{scope.Rule}' raises '{raise.EventType}', which package {scope.Draft.Package.Version} does not have.");
            return;
        }

        var values = new Value[type.Fields.Length];
        foreach (var field in raise.Fields)
        {
            values[field.Field] = Evaluate(field.Value, scope);
        }

        RuleRun.Raise(scope, type, new FieldData([.. values]));
    }
}
