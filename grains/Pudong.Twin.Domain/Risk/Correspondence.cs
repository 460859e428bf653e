using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Writes the messages of an event: it compares what each neighbour was offered before with what it is offered after.</summary>
/// <param name="Before">The neighbourhood before the event.</param>
/// <param name="ParametersBefore">The package's numbers before the event.</param>
/// <remarks>
/// RISK-MODEL.md, section 5, "Messages". Also a full message is sent only where there is something to offer or to withdraw: a neighbour that was offered nothing before and is
/// offered nothing now has nothing to give up, since messages between the two keep their order.
/// </remarks>
internal sealed record Correspondence(Neighbourhood Before, RiskParameters ParametersBefore)
{
    /// <summary>The neighbour that asks, if the event is a question.</summary>
    public ElementId? Asker { get; init; }

    /// <summary>The question of the neighbour that asks.</summary>
    public InfluenceWanted? Question { get; init; }

    /// <summary>Writes the messages, sorted by neighbour.</summary>
    public ImmutableArray<InfluenceMessage> Write(in RiskContext context, RiskState before, RiskState after, LabelTable? table)
    {
        var sameNeighbours = ReferenceEquals(Before, context.Neighbours);
        if (sameNeighbours && Asker is null && before.Published == after.Published && before.Labels == after.Labels && table is not { WantsAll: true } and not { Wanted.Count: > 0 })
        {
            return [];
        }

        var letters = new Letters(this, context, before, after, table);
        var (old, now) = (Before.Neighbours, context.Neighbours.Neighbours);
        for (var (i, j) = (0, 0); i < old.Length || j < now.Length;)
        {
            var order = sameNeighbours ? 0 : i == old.Length ? 1 : j == now.Length ? -1 : old[i].Id.CompareTo(now[j].Id);
            letters.WriteTo(order <= 0 ? old[i] : null, order >= 0 ? now[j] : null);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return letters.Written;
    }

    /// <summary>The messages of one event while they are written.</summary>
    private sealed class Letters
    {
        private static readonly HashSet<ElementId> NoEnds = [];

        private readonly Correspondence _frame;
        private readonly RiskContext _context;
        private readonly RiskState _before;
        private readonly RiskState _after;
        private readonly LabelTable? _table;
        private readonly List<Offering> _changes;
        private readonly List<LabelKey> _wanted;
        private readonly HashSet<ElementId> _newEnds;
        private readonly ImmutableArray<InfluenceMessage>.Builder _written = ImmutableArray.CreateBuilder<InfluenceMessage>();
        private readonly ImmutableArray<Influence>.Builder _offers = ImmutableArray.CreateBuilder<Influence>();
        private readonly ImmutableArray<InfluenceWithdrawal>.Builder _withdrawals = ImmutableArray.CreateBuilder<InfluenceWithdrawal>();
        private List<Offering>? _all;

        public Letters(Correspondence frame, in RiskContext context, RiskState before, RiskState after, LabelTable? table)
        {
            _frame = frame;
            _context = context;
            _before = before;
            _after = after;
            _table = table;
            _changes = OfferingList.Changes(context.Self, before, after, table);
            _wanted = table is null ? [] : [.. table.Wanted];
            _wanted.Sort();
            // A new package may number its relation kinds anew; no relation is new because of that.
            _newEnds = PackageChanged ? NoEnds : NewEnds(frame.Before, context.Neighbours);
        }

        public ImmutableArray<InfluenceMessage> Written => _written.DrainToImmutable();

        private List<Offering> Everything => _all ??= OfferingList.All(_context.Self, _before, _after, _table);

        private bool PackageChanged => !ReferenceEquals(_frame.ParametersBefore, _context.Parameters);

        /// <summary>Writes to an element that is a neighbour before, after, or both.</summary>
        public void WriteTo(Neighbour? old, Neighbour? now)
        {
            var id = (now ?? old)!.Id;
            var asks = _frame.Asker == id ? _frame.Question : null;
            var entered = now is not null && (old is null || _newEnds.Contains(id));
            // One that leaves while its relation stays was pushed out by the bound.
            var full = entered || asks is { All: true } || (now is null && _context.Neighbours.HasLink(id));
            var onlyChanges = !full && asks is null && old is not null && now is not null && !PackageChanged && (ReferenceEquals(old, now) || old.HasSharesToOf(now));
            foreach (var offering in onlyChanges ? _changes : Everything)
            {
                Compare(offering, old, now, full || (asks is not null && asks.Labels.Contains(offering.Key)));
            }

            if (_offers.Count > 0 || _withdrawals.Count > 0)
            {
                _written.Add(new InfluenceMessage(id, new InfluenceChanged(full, _offers.DrainToImmutable(), _withdrawals.DrainToImmutable()), null));
            }

            if (now is not null)
            {
                Ask(now, old);
            }
        }

        private void Compare(Offering offering, Neighbour? old, Neighbour? now, bool always)
        {
            Influence was = default;
            Influence isNow = default;
            var had = old is not null && offering.TryBefore(_frame.ParametersBefore, old.Id, old.ShareTo(offering.Key.Domain), out was);
            if (now is not null && offering.TryAfter(_context.Parameters, now.Id, now.ShareTo(offering.Key.Domain), out isNow))
            {
                if (always || !had || isNow != was)
                {
                    _offers.Add(isNow);
                }
            }
            else if (had)
            {
                var quiet = offering.QuietVersion;
                _withdrawals.Add(new InfluenceWithdrawal(offering.Key.Source, offering.Key.Domain, quiet ?? was.Version, quiet is not null));
            }
        }

        private void Ask(Neighbour now, Neighbour? old)
        {
            // At a new relation the other end sends everything by itself.
            var enteredByBound = old is null && !_newEnds.Contains(now.Id);
            if (now.ComesFrom && (_table is { WantsAll: true } || enteredByBound || (PackageChanged && IsNewlyCoupled(now, old))))
            {
                _written.Add(new InfluenceMessage(now.Id, null, InfluenceWanted.Everything));
                return;
            }

            if (_wanted.Count == 0 || now.Id == _table!.Cause)
            {
                return;
            }

            var keys = ImmutableArray.CreateBuilder<LabelKey>();
            foreach (var key in _wanted)
            {
                if (now.ShareFrom(key.Domain) > 0)
                {
                    keys.Add(key);
                }
            }

            if (keys.Count > 0)
            {
                _written.Add(new InfluenceMessage(now.Id, null, new InfluenceWanted(false, keys.DrainToImmutable())));
            }
        }

        private bool IsNewlyCoupled(Neighbour now, Neighbour? old)
        {
            for (var d = 0; d < _context.Parameters.Domains.Length; d++)
            {
                var domain = new RiskDomain((byte)d);
                if (now.ShareFrom(domain) > 0 && !(old?.ShareFrom(domain) > 0))
                {
                    return true;
                }
            }

            return false;
        }

        // The other ends of relations that are there after the event and were not before.
        private static HashSet<ElementId> NewEnds(Neighbourhood before, Neighbourhood after)
        {
            if (ReferenceEquals(before, after))
            {
                return NoEnds;
            }

            var ends = new HashSet<ElementId>();
            var i = 0;
            foreach (var link in after.Links)
            {
                while (i < before.Links.Length && before.Links[i] < link)
                {
                    i++;
                }

                if (i == before.Links.Length || before.Links[i] != link)
                {
                    ends.Add(link.Other);
                }
            }

            return ends;
        }
    }
}
