using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Rules;

namespace Pudong.Twin.Domain.Elements;

/// <summary>What an event does to an element: the one function that the live twin, recovery and what-if all call.</summary>
/// <remarks>
/// Pure and deterministic: no clock, no input, no output, no randomness. To follow an event, read <see cref="Apply"/> from the top: it is known again, checked, acted
/// on, judged by rules, weighed as risk, and remembered.
/// </remarks>
public static class Kernel
{
    /// <summary>Applies an event to its element.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element before the event; <see cref="ElementState.Unknown"/> where nothing has happened to it.</param>
    /// <param name="e">An event that the edge has checked against the package, or a derived one.</param>
    /// <param name="position">The event's place in the log of its partition.</param>
    /// <returns>The element afterwards and what follows elsewhere; a duplicate, a late and a refused event are answers too.</returns>
    /// <exception cref="ArgumentException">The event is about another element.</exception>
    public static Transition Apply(ModelPackage package, ElementState state, TwinEvent e, LogPosition position = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(e);
        if (state.Id != e.Subject)
        {
            throw new ArgumentException($"Event '{e.Id}' is about {e.Subject} and cannot be applied to {state.Id}.", nameof(e));
        }

        var kind = package.FindKind(state.Id.Kind);
        // Derived events need no remembering: the receiving partition lets each through once, by its cause.
        EventKey? key = e.Cause is null ? e.Key : null;
        if (key is { } known && state.Memory.Holds(known))
        {
            return Transition.Unchanged(state, Outcome.Duplicate);
        }

        var type = package.FindEventType(e.Type);
        if (Admission.MistakeIn(package, kind, type, state, e) is { } mistake)
        {
            return Transition.Refused(state, mistake);
        }

        var draft = Draft.Of(package, kind!, state, e, position);
        Act(draft, type!, e);
        RuleRun.Follow(draft, type!, e, depth: 0);
        if (draft.Refusal is { } refusal)
        {
            return Transition.Refused(state, refusal);
        }

        draft.PackAttributes();
        WeighRisk(draft);
        FindNextDue(draft);
        Remember(draft, key);
        WriteTimeline(draft);
        return new Transition(new ElementState(draft), draft.Effects, draft.HasChanged ? Outcome.Applied : Outcome.Late, null);
    }

    /// <summary>What the kernel itself does with an event, before the rules of its type.</summary>
    /// <param name="draft">The element.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="e">The event from the log, or one that a rule raised.</param>
    internal static void Act(Draft draft, EventType type, TwinEvent e)
    {
        switch (type.Action, e.Data)
        {
            case (EventAction.None, _):
                draft.Changed();
                break;
            case (EventAction.ReceiveReading, ReadingData reading):
                Measuring.Receive(draft, reading, e);
                break;
            case (EventAction.Register, AttributeData attributes):
                Observing.Register(draft, attributes, e);
                break;
            case (EventAction.ObserveAttributes, AttributeData attributes):
                Observing.Observe(draft, attributes, e);
                break;
            case (EventAction.Retire, _):
                Relating.Retire(draft, e);
                break;
            case (EventAction.AddRelation, RelationData relation):
                Relating.Add(draft, relation, e.Time);
                break;
            case (EventAction.RemoveRelation, RelationData relation):
                Relating.Remove(draft, relation, e.Time);
                break;
            case (EventAction.MirrorRelation, MirrorData mirror):
                Relating.Mirror(draft, mirror, e.Time);
                break;
            case (EventAction.ObserveEvidence, EvidenceData evidence):
                Evidencing.Observe(draft, evidence, e);
                break;
            case (EventAction.ClearEvidence, EvidenceEndData end):
                Evidencing.Clear(draft, end, e.Time);
                break;
            case (EventAction.WithdrawEvidence, EvidenceEndData end):
                Evidencing.Withdraw(draft, end, e.Time);
                break;
            case (EventAction.OpenCase, CaseData opened):
                Cases.Open(draft, opened, e.Time);
                break;
            case (EventAction.CloseCase, CaseData closed):
                Cases.Close(draft, closed, e.Time);
                break;
            case (EventAction.ReopenCase, CaseData reopened):
                Cases.Reopen(draft, reopened, e.Time);
                break;
            case (EventAction.PassDeadline, DeadlineData deadline):
                Measuring.PassDeadline(draft, deadline, e);
                break;
            case (EventAction.ChangeInfluence or EventAction.WantInfluence, InfluenceChangedData or InfluenceWantedData):
                // Weighed below: an influence is nothing but risk.
                break;
            case (EventAction.ActivatePackage, _):
                // The partition takes all of its elements over by PackageActivation; to a single one the event itself says nothing.
                break;
            default:
                draft.Refuse(RefusalReason.WrongType, $"The data of event '{e.Id}' has not the form that type '{type.Name}' asks for.");
                break;
        }
    }

    /// <summary>Applies what happened to evidence, relations, attributes and influences to the risk, and tells the neighbours.</summary>
    private static void WeighRisk(Draft draft)
    {
        if (draft.Before.Revision == 0)
        {
            draft.Risk = RiskModel.Start(draft.Package.Risk, draft.BaseLoad());
        }

        // The first test spares most events a look at the profile.
        var relationsChanged = !ReferenceEquals(draft.Profile, draft.Before.Profile) && draft.Profile.Relations != draft.Before.Profile.Relations;
        var message = draft.Event.Data;
        var isMessage = message is InfluenceChangedData or InfluenceWantedData;
        if (draft.Actions.IsEmpty && !relationsChanged && !draft.HasChangedAttributes && !isMessage && draft.Risk.IsQuiet)
        {
            return;
        }

        var now = draft.Profile.Under(draft.Package, draft.Kind);
        var before = relationsChanged ? draft.Before.Profile.Under(draft.Package, draft.Kind).Neighbourhood : now.Neighbourhood;
        var context = new RiskContext(draft.Package.Risk, draft.Before.Id, now.Neighbourhood, now.Base.Amount, draft.Clock);
        var weighed = message switch
        {
            InfluenceChangedData changed => RiskModel.Receive(context, draft.Risk, changed.From, changed.Message),
            InfluenceWantedData wanted => RiskModel.Receive(context, draft.Risk, wanted.From, wanted.Message),
            _ when draft.IsRetired && !draft.Before.IsRetired => RiskModel.Retire(context, draft.Risk, before),
            _ => RiskModel.Apply(context, draft.Risk, draft.Actions, relationsChanged ? before : null),
        };
        Influencing.Take(draft, weighed);
        if (draft.Risk.IsQuiet)
        {
            draft.Profile.ForgetSurroundings();
        }
    }

    /// <summary>Finds when the next deadline falls due.</summary>
    private static void FindNextDue(Draft draft) => draft.NextDue = Deadlines.NextDue(draft.Kind, draft.Readings);

    /// <summary>Counts the change and remembers the event, so that it is known again.</summary>
    private static void Remember(Draft draft, EventKey? key)
    {
        if (draft.HasChanged)
        {
            draft.Revision++;
        }

        if (key is { } known)
        {
            draft.Memory = draft.Memory.With(known, draft.Kind.RememberedEvents);
        }
    }

    /// <summary>Writes what is worth it into the timeline.</summary>
    private static void WriteTimeline(Draft draft)
    {
        // A first registration says nothing that the element does not say itself, and a city has 1.6 million of them.
        if (!draft.IsNotable || draft.Kind.HistoryLength == 0 || draft.Before.Revision == 0)
        {
            return;
        }

        var e = draft.Event;
        var change = new ElementChange(
            draft.Position, e.Time, e.Type, draft.ChangedAttributes, Score(draft, draft.Before), Score(draft, draft.BaseLoad(), draft.Risk), e.Cause);
        draft.Profile = draft.Profile with
        {
            Dossier = draft.Profile.Dossier with { Changes = draft.Profile.Dossier.Changes.Append(change, draft.Kind.HistoryLength) },
        };
    }

    private static double Score(Draft draft, ElementState before) =>
        Score(draft, before.Profile.Under(draft.Package, draft.Kind).Base.Amount, before.Risk);

    private static double Score(Draft draft, double baseLoad, RiskState risk) =>
        100 * RiskScore.RiskAt(draft.Package.Risk, baseLoad, risk, draft.Clock);
}
