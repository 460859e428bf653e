using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Rules;

/// <summary>Follows the rules of an event's type, in the order of the package: when a condition holds, its consequences happen within the same event.</summary>
internal static class RuleRun
{
    /// <summary>How deep rules may set each other off.</summary>
    public const int DepthLimit = 8;

    /// <summary>Follows the rules of an event.</summary>
    /// <param name="draft">The element, after what the kernel itself does with the event.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="e">The event from the log, or one that a rule raised.</param>
    /// <param name="depth">How many rules lie between it and the event from the log.</param>
    public static void Follow(Draft draft, EventType type, TwinEvent e, int depth)
    {
        // What is known already, or refused, sets nothing off.
        if (draft.Refusal is not null || !draft.HasChanged)
        {
            return;
        }

        foreach (var rule in type.RulesOf(draft.Kind.Name))
        {
            var scope = new RuleScope(draft, rule.Name, new RuleRecord(draft, e), e, depth);
            if (rule.When is not null && !rule.When.Matches(scope.Record, scope.NowTicks))
            {
                continue;
            }

            foreach (var consequence in rule.Then)
            {
                Consequences.Happen(consequence, scope);
                if (draft.Refusal is not null)
                {
                    return;
                }
            }
        }
    }

    /// <summary>A rule raises another event about the element: it happens at once, and its rules follow.</summary>
    /// <param name="scope">The rule that raises it.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="data">The values of its fields.</param>
    public static void Raise(in RuleScope scope, EventType type, FieldData data)
    {
        var draft = scope.Draft;
        if (scope.Depth >= DepthLimit)
        {
            draft.Refuse(
                RefusalReason.RulesTooDeep,
                $"Rule '{scope.Rule}' of package {draft.Package.Version} raises '{type.Name}' after {DepthLimit} rules that set each other off; break the circle.");
            return;
        }

        if (type.PersonOnly || type.Internal || type.Action != EventAction.None)
        {
            draft.Refuse(
                RefusalReason.NotForRules,
                $"Rule '{scope.Rule}' of package {draft.Package.Version} raises '{type.Name}', which {(type.PersonOnly ? "only a person" : "no rule")} may send; raise an event type of the package that rules may send.");
            return;
        }

        var raised = scope.Event with { Id = $"{scope.Event.Id}/{scope.Rule}", Type = type.Name, Data = data };
        Kernel.Act(draft, type, raised);
        Follow(draft, type, raised, scope.Depth + 1);
    }
}

/// <summary>Where a consequence happens.</summary>
/// <param name="Draft">The element.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Record">What the rule's expressions see.</param>
/// <param name="Event">The event that the rule follows.</param>
/// <param name="Depth">How many rules lie between that event and the one from the log.</param>
internal readonly record struct RuleScope(Draft Draft, string Rule, RuleRecord Record, TwinEvent Event, int Depth)
{
    /// <summary>What <c>now()</c> means in a rule: the event's time, in UTC ticks.</summary>
    public long NowTicks => EventTime.TicksOf(Event.Time);
}
