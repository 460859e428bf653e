using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>What a case type must keep to, whatever a package's author has in mind (DOMAIN.md, sections 2 and 10.3).</summary>
internal static class CaseChecks
{
    /// <summary>Notes states that cannot be reached, and penalties that can be reached without both reviews by different people.</summary>
    public static void Check(YamlScalar name, CaseType type, Draft draft)
    {
        if (type.States.IsEmpty)
        {
            return;
        }

        var reached = ReachedAvoiding(type, null);
        foreach (var state in type.States.Where(state => !reached.Contains(state.Name)))
        {
            draft.Errors.Add(name.Place, $"The state '{state.Name}' of case type '{name.Value}' cannot be reached from '{type.States[0].Name}'; expected a transition to it.");
        }

        foreach (var penalty in type.States.Where(state => state.Role == CaseStateRole.Penalty))
        {
            CheckReview(name, type, penalty, CaseStateRole.EvidenceReview, "evidence review", draft);
            CheckReview(name, type, penalty, CaseStateRole.LegalReview, "legal review", draft);
            CheckPersons(name, type, penalty, draft);
        }
    }

    private static void CheckReview(YamlScalar name, CaseType type, CaseState penalty, CaseStateRole review, string reviewName, Draft draft)
    {
        // If the penalty can still be reached when no case may leave a review, there is a way around the reviews.
        if (ReachedAvoiding(type, review).Contains(penalty.Name))
        {
            draft.Errors.Add(name.Place, $"The case type '{name.Value}' can reach the penalty '{penalty.Name}' without the {reviewName}; expected every way to it to pass a state with the role '{reviewName.Replace(' ', '-')}'.");
        }
    }

    private static void CheckPersons(YamlScalar name, CaseType type, CaseState penalty, Draft draft)
    {
        foreach (var step in type.Transitions)
        {
            var role = RoleOf(type, step.From);
            if ((role is CaseStateRole.EvidenceReview or CaseStateRole.LegalReview || step.To == penalty.Name) && !step.Person)
            {
                draft.Errors.Add(name.Place, $"The case type '{name.Value}' lets others than people send '{step.Event}' in '{step.From}'; expected 'person: true', because people review and decide.");
            }

            if (role == CaseStateRole.LegalReview && !step.NotByActorOf.Any(state => RoleOf(type, state) == CaseStateRole.EvidenceReview))
            {
                draft.Errors.Add(name.Place, $"The case type '{name.Value}' lets one person make both reviews in '{step.From}' on '{step.Event}'; expected 'notByActorOf' with the state of the evidence review.");
            }
        }
    }

    private static HashSet<string> ReachedAvoiding(CaseType type, CaseStateRole? stop)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { type.States[0].Name };
        var waiting = new Queue<string>(reached);
        foreach (var step in type.Transitions.Where(step => step.From is null && reached.Add(step.To)))
        {
            waiting.Enqueue(step.To);
        }

        while (waiting.TryDequeue(out var state))
        {
            if (stop is not null && RoleOf(type, state) == stop)
            {
                continue;
            }

            foreach (var step in type.Transitions.Where(step => step.From == state && reached.Add(step.To)))
            {
                waiting.Enqueue(step.To);
            }
        }

        return reached;
    }

    private static CaseStateRole? RoleOf(CaseType type, string? state) => type.States.FirstOrDefault(known => known.Name == state)?.Role;
}
