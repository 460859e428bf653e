using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads the case types: states, steps and time limits.</summary>
internal static class CaseReader
{
    /// <summary>One case type.</summary>
    public static void Read(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "case type", NameRules.IsKebab, "grid-case", draft.Errors);
        var title = members.Local("title", required: true);
        var states = StatesOf(members, draft);
        var limits = LimitsOf(members, draft);
        var type = new CaseType(name.Value, states, StepsOf(members, states, limits, draft))
        {
            Title = title,
            Kinds = draft.KindsOf(members, "kinds").ToFrozenSet(StringComparer.Ordinal),
            Evidence = draft.FindEvidence(members.Scalar("evidence", "an evidence type"))?.Index,
            TimeLimits = limits,
            Lead = members.Text("lead", "the one department that leads", required: true),
            LegalBasis = [.. draft.LawsOf(members)],
        };
        members.RefuseOthers();
        CaseChecks.Check(name, type, draft);
        if (!draft.CaseTypes.TryAdd(name.Value, type))
        {
            draft.Errors.Add(name.Place, $"The case type '{name.Value}' is declared twice; expected one declaration.");
        }
    }

    private static ImmutableArray<CaseState> StatesOf(Members members, Draft draft)
    {
        var states = ImmutableArray.CreateBuilder<CaseState>();
        foreach (var entry in members.Map("states", "a mapping of name to state, the first one where a case begins", required: true)?.Entries ?? [])
        {
            NameRules.Check(entry.Key, "state", NameRules.IsKebab, "evidence-review", draft.Errors);
            if (entry.Value is not YamlMap map)
            {
                draft.Errors.Add(entry.Value.Place, $"The state '{entry.Key.Value}' is {entry.Value.Description}; expected a mapping with 'title'.");
                continue;
            }

            var state = new Members(map, $"state '{entry.Key.Value}' of {members.What}", draft.Errors);
            var role = state.OneOf(
                "role", false, ("open", CaseStateRole.Open), ("evidence-review", CaseStateRole.EvidenceReview), ("legal-review", CaseStateRole.LegalReview),
                ("penalty", CaseStateRole.Penalty), ("closed", CaseStateRole.Closed), ("withdrawn", CaseStateRole.Withdrawn));
            states.Add(new CaseState(entry.Key.Value, role ?? CaseStateRole.Open) { Title = state.Local("title", required: true), ClockStops = state.Truth("clockStops") });
            state.RefuseOthers();
        }

        return states.DrainToImmutable();
    }

    private static ImmutableArray<TimeLimit> LimitsOf(Members members, Draft draft)
    {
        var limits = ImmutableArray.CreateBuilder<TimeLimit>();
        foreach (var entry in members.Map("timeLimits", "a mapping of class to time limit")?.Entries ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                draft.Errors.Add(entry.Value.Place, $"The time limit '{entry.Key.Value}' is {entry.Value.Description}; expected a mapping with 'amount' and 'unit'.");
                continue;
            }

            var limit = new Members(map, $"time limit '{entry.Key.Value}' of {members.What}", draft.Errors);
            var amount = limit.Integer("amount", 1, 10_000, required: true);
            var unit = limit.OneOf(
                "unit", true, ("working-day", TimeLimitUnit.WorkingDay), ("working-hour", TimeLimitUnit.WorkingHour), ("clock-hour", TimeLimitUnit.ClockHour));
            limit.RefuseOthers();
            limits.Add(new TimeLimit(entry.Key.Value, amount ?? 1, unit ?? TimeLimitUnit.WorkingDay));
        }

        return limits.DrainToImmutable();
    }

    private static ImmutableArray<CaseTransition> StepsOf(Members members, ImmutableArray<CaseState> states, ImmutableArray<TimeLimit> limits, Draft draft)
    {
        var steps = ImmutableArray.CreateBuilder<CaseTransition>();
        foreach (var map in members.Maps("transitions", "a list of mappings with 'from', 'on' and 'to'", required: true))
        {
            var step = new Members(map, $"transition of {members.What}", draft.Errors);
            var from = StateOf(step, "from", states, required: false);
            var on = draft.FindEventType(step.Scalar("on", "an event type", required: true));
            var to = StateOf(step, "to", states, required: true);
            var starts = draft.Find(step.Scalar("starts", "a time limit"), "time limit", limits, limit => limit.Name);
            var transition = new CaseTransition(from, on?.Name ?? "", to ?? "")
            {
                Roles = [.. step.Names("roles", "a list of roles").Select(role => role.Value)],
                Person = step.Truth("person"),
                NotByActorOf = [.. NamedStates(step, states, draft)],
                Guard = ExpressionReader.Read(step.Scalar("guard", "a condition in CQL2"), $"'guard' of {step.What}", draft.Errors),
                Starts = starts?.Name,
                Verifies = step.Truth("verifies"),
            };
            step.RefuseOthers();
            Add(steps, transition, step, draft);
        }

        return steps.DrainToImmutable();
    }

    private static void Add(ImmutableArray<CaseTransition>.Builder steps, CaseTransition transition, Members step, Draft draft)
    {
        if (transition.Event.Length == 0 || transition.To.Length == 0)
        {
            return;
        }

        if (steps.Any(known => known.From == transition.From && known.Event == transition.Event))
        {
            draft.Errors.Add(step.Place, $"The {step.What} from '{transition.From ?? "nothing"}' on '{transition.Event}' is declared twice; expected one target.");
        }

        steps.Add(transition);
    }

    private static string? StateOf(Members step, string member, ImmutableArray<CaseState> states, bool required)
    {
        var name = step.Scalar(member, "a state", required);
        if (name is null || states.Any(state => state.Name == name.Value))
        {
            return name?.Value;
        }

        step.Errors.AddUnknown(name.Place, "state", name.Value, states.Select(state => state.Name));
        return null;
    }

    private static IEnumerable<string> NamedStates(Members step, ImmutableArray<CaseState> states, Draft draft)
    {
        foreach (var name in step.Names("notByActorOf", "a list of states"))
        {
            if (draft.Find(name, "state", states, state => state.Name) is { } state)
            {
                yield return state.Name;
            }
        }
    }
}
