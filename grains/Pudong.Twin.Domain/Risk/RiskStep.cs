using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>One event at one element, from the risk before it to the risk after it and the messages that follow.</summary>
/// <remarks>
/// RISK-MODEL.md, section 5. The order is always the same: own evidence and relations change, then it is decided what to publish, then labels that have faded go, then the band
/// follows, and last the offers before and after are compared.
/// </remarks>
internal ref struct RiskStep(in RiskContext context, RiskState before)
{
    private readonly RiskContext _context = context;
    private readonly RiskState _before = before;

    /// <summary>Own loads after the event.</summary>
    public ImmutableArray<Load> Loads { get; set; } = before.Loads;

    /// <summary>Kept shares after the event.</summary>
    public ImmutableArray<KeptShare> Shares { get; set; } = before.KeptShares;

    /// <summary>What was published before own loads are looked at.</summary>
    public ImmutableArray<PublishedLoads> Published { get; set; } = before.Published;

    /// <summary>Whether the element publishes nothing any more.</summary>
    public bool Retires { get; set; }

    /// <summary>The labels while they change; null as long as the event does not touch them.</summary>
    public LabelTable? Table { get; set; }

    /// <summary>What neighbours knew before and ask for; null when relations and package stay and nobody asks.</summary>
    public Correspondence? Letters { get; set; }

    /// <summary>Ends the event.</summary>
    public readonly RiskTransition Finish()
    {
        var published = Retires ? Publishing.Ended(Published) : Publishing.After(_context.Parameters, Loads, Published, _context.Clock);
        var table = FadeLabels(Table);
        var next = Next(published, table);
        if (Letters is null && table is null && next.Published == _before.Published)
        {
            // Most evidence ends here: what the neighbours know is still near enough.
            return new RiskTransition(next, []);
        }

        var letters = Letters ?? new Correspondence(_context.Neighbours, _context.Parameters);
        return new RiskTransition(next, letters.Write(_context, _before, next, table));
    }

    private readonly LabelTable? FadeLabels(LabelTable? table)
    {
        foreach (ref readonly var label in (table?.Labels ?? _before.Labels).AsSpan())
        {
            if (Fading.HasFaded(_context.Parameters, label.Reach, label.Loads, _context.Clock))
            {
                table ??= new LabelTable(_context, _before.Labels, _before.Refused, null);
                table.Fade();
                break;
            }
        }

        table?.Close();
        return table;
    }

    private readonly RiskState Next(ImmutableArray<PublishedLoads> published, LabelTable? table)
    {
        var labels = table?.Labels ?? _before.Labels;
        var refused = table?.Refused ?? _before.Refused;
        var same = Loads == _before.Loads && Shares == _before.KeptShares && published == _before.Published && labels == _before.Labels && refused == _before.Refused;
        var next = same ? _before : new RiskState { Loads = Loads, KeptShares = Shares, Published = published, Labels = labels, Refused = refused, Band = _before.Band };
        var band = BandRule.BandAt(_context.Parameters, _context.Base, next, _context.Clock);
        return band == next.Band && !IsEmpty(next) ? next : IsEmpty(next) ? RiskState.QuietIn(band) : next with { Band = band };
    }

    // The shared objects cost nothing; a version that once was published has to be remembered.
    private static bool IsEmpty(RiskState state) => state.IsQuiet && state.KeptShares.IsEmpty && state.Published.IsEmpty && !state.Refused;
}
