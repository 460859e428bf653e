namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Finds rules that would set each other off for ever.</summary>
internal sealed class RuleCircles(IReadOnlyCollection<RaisedBy> raised, PackageErrors errors)
{
    /// <summary>Notes each raised event from which the rules lead back to the event that the rule is on.</summary>
    public void Check()
    {
        foreach (var start in raised)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal) { start.Raises };
            var waiting = new Queue<string>(seen);
            while (waiting.TryDequeue(out var type))
            {
                foreach (var next in raised.Where(next => next.On == type && seen.Add(next.Raises)))
                {
                    waiting.Enqueue(next.Raises);
                }
            }

            if (seen.Contains(start.On))
            {
                errors.Add(start.Place, $"The {start.Rule} raises '{start.Raises}', from which rules lead back to '{start.On}'; expected rules that never come back to where they began.");
            }
        }
    }
}
