using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Domain.Rules;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads the rules and binds them to each kind that they can meet.</summary>
internal sealed class RuleReader(Draft draft)
{
    private const int ConsequencesOfARule = 16;

    private readonly Dictionary<(string Event, string Kind), List<Rule>> _rules = [];
    private readonly Dictionary<string, YamlScalar> _names = new(StringComparer.Ordinal);
    private readonly List<RaisedBy> _raised = [];

    /// <summary>One rule.</summary>
    public void Read(YamlScalar name, Members members)
    {
        NameRules.Check(name, "rule", NameRules.IsKebab, "smoke-raises-alarm", draft.Errors);
        if (!_names.TryAdd(name.Value, name))
        {
            draft.Errors.Add(name.Place, $"The rule '{name.Value}' is declared twice; expected one declaration.");
        }

        var type = draft.FindEventType(members.Scalar("on", "an event type", required: true));
        var kinds = draft.KindsOf(members, "kinds");
        var when = members.Scalar("when", "a condition in CQL2");
        var condition = ExpressionReader.Read(when, $"'when' of {members.What}", draft.Errors);
        var then = members.Maps("then", "a list of consequences such as 'evidence: gas_alarm'", required: true).ToArray();
        var laws = draft.LawsOf(members);
        members.RefuseOthers();
        if (type is null || !CheckType(type, members) || !CheckLength(then, members))
        {
            return;
        }

        foreach (var kind in KindsFor(type, kinds))
        {
            var binder = new ConsequenceReader(draft, type, draft.BuiltKinds[kind], members.What, _raised);
            var filter = condition is null ? null : ExpressionReader.Condition(when!, condition, binder.Schema, $"'when' of {members.What}", draft.Errors);
            var rule = new Rule(name.Value, filter, [.. then.Select(binder.Read).OfType<Consequence>()]) { LegalBasis = [.. laws] };
            Add(type.Name, kind, rule);
        }
    }

    /// <summary>The event types with their rules; notes rules that set each other off in a circle.</summary>
    public ImmutableArray<EventType> Finish()
    {
        new RuleCircles(_raised, draft.Errors).Check();
        return
        [
            .. draft.EventTypes.Values.Select(type => type with
            {
                RulesByKind = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
                    _rules.Where(rules => rules.Key.Event == type.Name), rules => rules.Key.Kind, rules => rules.Value.ToImmutableArray(), StringComparer.Ordinal),
            }),
        ];
    }

    private IEnumerable<string> KindsFor(EventType type, List<string> kinds) =>
        draft.Kinds.Keys.Where(kind => type.MayBeAbout(kind) && (kinds.Count == 0 || kinds.Contains(kind)));

    private void Add(string type, string kind, Rule rule)
    {
        if (!_rules.TryGetValue((type, kind), out var rules))
        {
            _rules[(type, kind)] = rules = [];
        }

        rules.Add(rule);
    }

    private bool CheckType(EventType type, Members members)
    {
        if (type.Internal)
        {
            draft.Errors.Add(members.Place, $"The {members.What} follows '{type.Name}', which only the twin itself sends and handles; expected another event type.");
        }

        return !type.Internal;
    }

    private bool CheckLength(YamlMap[] then, Members members)
    {
        if (then.Length > ConsequencesOfARule)
        {
            draft.Errors.Add(members.Place, $"The {members.What} has {then.Length} consequences; expected at most {ConsequencesOfARule}.");
        }

        return then.Length <= ConsequencesOfARule;
    }
}

/// <summary>A rule on one event type raises another one.</summary>
internal sealed record RaisedBy(string Rule, string On, string Raises, Place Place);
