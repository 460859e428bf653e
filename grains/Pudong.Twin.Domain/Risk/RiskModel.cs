using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The entry to the risk of one element: each function gives the new state and what the neighbours must hear.</summary>
/// <remarks>
/// RISK-MODEL.md, sections 3 and 5. Pure and deterministic: the live twin, recovery and what-if call the same functions. Messages are derived events in the receiver's partition;
/// between two partitions they have to arrive in the order of their causes, each once. Where the owner of a relation tells its other end of it (<c>RelationMirrored</c>, which is
/// the kernel's), that goes before the messages given here.
/// </remarks>
public static class RiskModel
{
    /// <summary>The risk of a new element: nothing has happened, and the band is the plain one of its base load.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    public static RiskState Start(RiskParameters parameters, double baseLoad) =>
        RiskState.QuietIn(BandRule.Plain(parameters.Borders, RiskScore.RiskOf(baseLoad)));

    /// <summary>Applies what one event does to the evidence, the relations and the base load of its element.</summary>
    /// <param name="context">What surrounds the element, as of after the event.</param>
    /// <param name="state">The risk before.</param>
    /// <param name="actions">What the event does to evidence, in order; may be empty. Types that the package does not have are passed over.</param>
    /// <param name="before">The neighbourhood before the event, when its relations have changed; otherwise null.</param>
    public static RiskTransition Apply(in RiskContext context, RiskState state, ReadOnlySpan<RiskAction> actions, Neighbourhood? before = null)
    {
        var own = new OwnEvidence(context.Parameters, state.Loads, state.KeptShares);
        foreach (var action in actions)
        {
            own.Do(action);
        }

        var step = new RiskStep(context, state) { Loads = own.Loads, Shares = own.Shares };
        if (before is not null)
        {
            step.Letters = new Correspondence(before, context.Parameters);
            step.Table = TableWithoutUncoupled(context, state);
        }

        return step.Finish();
    }

    /// <summary>Ends the influence of an element that retires: it publishes nothing and forgets its labels.</summary>
    /// <param name="context">What surrounds the element; its neighbours are none any more.</param>
    /// <param name="state">The risk before. Keep the state that results: the versions in it must go on, should the element be registered again.</param>
    /// <param name="before">The neighbourhood before the event.</param>
    public static RiskTransition Retire(in RiskContext context, RiskState state, Neighbourhood before)
    {
        var step = new RiskStep(context, state)
        {
            Retires = true,
            Letters = new Correspondence(before, context.Parameters),
            Table = TableWithoutUncoupled(context, state),
        };
        return step.Finish();
    }

    /// <summary>Takes an element over to another package version.</summary>
    /// <param name="context">What surrounds the element under the new package; its clock is at least <paramref name="activation"/>.</param>
    /// <param name="state">The risk before.</param>
    /// <param name="before">The numbers of the old package.</param>
    /// <param name="neighboursBefore">The neighbourhood under the old package.</param>
    /// <param name="activation">The activation time, in Unix milliseconds.</param>
    public static RiskTransition ChangePackage(in RiskContext context, RiskState state, RiskParameters before, Neighbourhood neighboursBefore, long activation)
    {
        var change = new PackageChange(before, context.Parameters, activation);
        var table = TableWithoutUncoupled(context, state);
        table.Take(change);
        var step = new RiskStep(context, state)
        {
            Loads = change.Of(state.Loads),
            Shares = change.Of(state.KeptShares),
            Published = change.Of(state.Published),
            Letters = new Correspondence(neighboursBefore, before),
            Table = table,
        };
        return step.Finish();
    }

    /// <summary>Takes in what a neighbour offers or withdraws.</summary>
    /// <param name="context">What surrounds the element; its clock is at least the sender's.</param>
    /// <param name="state">The risk before.</param>
    /// <param name="from">The neighbour.</param>
    /// <param name="message">Its message.</param>
    public static RiskTransition Receive(in RiskContext context, RiskState state, ElementId from, InfluenceChanged message)
    {
        var table = new LabelTable(context, state.Labels, state.Refused, from);
        table.Take(from, message);
        var step = new RiskStep(context, state) { Table = table };
        return step.Finish();
    }

    /// <summary>Answers a neighbour that asks for labels.</summary>
    /// <param name="context">What surrounds the element; its clock is at least the sender's.</param>
    /// <param name="state">The risk before.</param>
    /// <param name="from">The neighbour.</param>
    /// <param name="message">Its message.</param>
    public static RiskTransition Receive(in RiskContext context, RiskState state, ElementId from, InfluenceWanted message)
    {
        var step = new RiskStep(context, state) { Letters = new Correspondence(context.Neighbours, context.Parameters) { Asker = from, Question = message } };
        return step.Finish();
    }

    private static LabelTable TableWithoutUncoupled(in RiskContext context, RiskState state)
    {
        var table = new LabelTable(context, state.Labels, state.Refused, null);
        table.LoseUncoupled();
        return table;
    }
}
