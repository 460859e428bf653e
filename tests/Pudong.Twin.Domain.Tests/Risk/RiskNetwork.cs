using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>Elements that exchange influence: every message waits until the test delivers it, in order between two elements and in any order otherwise.</summary>
internal sealed class RiskNetwork(RiskParameters parameters)
{
    private readonly SortedDictionary<ElementId, Node> _nodes = [];
    private readonly SortedDictionary<(ElementId From, ElementId To), Queue<Letter>> _waiting = [];
    private long _posted;

    public RiskParameters Parameters { get; private set; } = parameters;

    /// <summary>Whether every letter is delivered twice in a row.</summary>
    public bool DeliversTwice { get; init; }

    public IReadOnlyCollection<ElementId> Elements => _nodes.Keys;

    public bool IsSettled => _waiting.Count == 0;

    /// <summary>Messages of influence that were sent so far.</summary>
    public int Sent { get; private set; }

    /// <summary>Elements that were sent a message of influence so far.</summary>
    public HashSet<ElementId> Reached { get; } = [];

    public RiskState State(ElementId id) => _nodes[id].State;

    public double Base(ElementId id) => _nodes[id].Base;

    public long Clock(ElementId id) => _nodes[id].Clock;

    public Neighbourhood Neighbours(ElementId id) => _nodes[id].Neighbours;

    /// <summary>Puts a state in the place of another, as a fork does that read it from storage.</summary>
    public void Replace(ElementId id, Func<RiskState, RiskState> change) => _nodes[id].State = change(_nodes[id].State);

    public double Risk(ElementId id, long time) => RiskScore.RiskAt(Parameters, Base(id), State(id), time);

    public void Add(ElementId id, double baseLoad = 0.02) =>
        _nodes.Add(id, new Node { Id = id, Parameters = Parameters, Base = baseLoad, State = RiskModel.Start(Parameters, baseLoad) });

    public void Act(ElementId id, long time, params ReadOnlySpan<RiskAction> actions)
    {
        var node = _nodes[id];
        node.Clock = Math.Max(node.Clock, time);
        Accept(node, RiskModel.Apply(Context(node), node.State, actions));
    }

    public void Evidence(ElementId id, ushort type, double amount, long time) => Act(id, time, RiskAction.Evidence(type, amount, time));

    public void Relate(ElementId owner, ushort kind, ElementId target, long time) => ChangeOwnRelation(owner, new Link(target, kind, true), added: true, time);

    public void Unrelate(ElementId owner, ushort kind, ElementId target, long time) => ChangeOwnRelation(owner, new Link(target, kind, true), added: false, time);

    public bool IsRelated(ElementId owner, ushort kind, ElementId target) => _nodes[owner].Links.Contains(new Link(target, kind, true));

    /// <summary>Lets the package change reach one element; the last one completes it.</summary>
    public void ChangePackage(ElementId id, RiskParameters next, long activation)
    {
        Parameters = next;
        var node = _nodes[id];
        var (before, neighbours) = (node.Parameters, node.Neighbours);
        node.Clock = Math.Max(node.Clock, activation);
        node.Parameters = next;
        node.Neighbours = new Neighbourhood(next, node.Links);
        Accept(node, RiskModel.ChangePackage(Context(node), node.State, before, neighbours, activation));
    }

    public void Retire(ElementId id, long time)
    {
        var node = _nodes[id];
        var before = node.Neighbours;
        foreach (var link in node.Links)
        {
            Post(node, link.Other, new Letter(_posted++, node.Clock, new Mirror(new Link(id, link.Kind, !link.Owned), false), null, null));
        }

        node.Links = [];
        node.Neighbours = Neighbourhood.None;
        node.Clock = Math.Max(node.Clock, time);
        Accept(node, RiskModel.Retire(Context(node), node.State, before));
    }

    /// <summary>Brings every clock to a time, as an event without evidence does.</summary>
    public void Tick(long time)
    {
        foreach (var id in Elements.ToArray())
        {
            Act(id, time);
        }
    }

    /// <summary>Delivers one waiting message of a pair that chance picks.</summary>
    public void DeliverOne(Random chance) => DeliverFirst(_waiting.Keys.ElementAt(chance.Next(_waiting.Count)));

    /// <summary>Delivers until no message waits.</summary>
    public void Settle(Random chance, int limit = 100_000)
    {
        for (var delivered = 0; !IsSettled; delivered++)
        {
            if (delivered == limit)
            {
                throw new InvalidOperationException($"Traffic has not ended after {limit} messages.");
            }

            DeliverOne(chance);
        }
    }

    /// <summary>Delivers in the order of sending until no message waits.</summary>
    public void SettleInOrder()
    {
        while (!IsSettled)
        {
            DeliverFirst(_waiting.MinBy(pair => pair.Value.Peek().Number).Key);
        }
    }

    private void DeliverFirst((ElementId From, ElementId To) pair)
    {
        var queue = _waiting[pair];
        var letter = queue.Dequeue();
        if (queue.Count == 0)
        {
            _waiting.Remove(pair);
        }

        Deliver(pair.From, pair.To, letter);
        if (DeliversTwice)
        {
            Deliver(pair.From, pair.To, letter);
        }
    }

    private void Deliver(ElementId from, ElementId to, Letter letter)
    {
        var node = _nodes[to];
        node.Clock = Math.Max(node.Clock, letter.Time);
        if (letter.Mirror is { } mirror)
        {
            ChangeRelation(node, mirror.Link, mirror.Added);
        }
        else if (letter.Changed is { } changed)
        {
            Accept(node, RiskModel.Receive(Context(node), node.State, from, changed));
        }
        else
        {
            Accept(node, RiskModel.Receive(Context(node), node.State, from, letter.Wanted!));
        }
    }

    private void ChangeOwnRelation(ElementId owner, Link link, bool added, long time)
    {
        var node = _nodes[owner];
        node.Clock = Math.Max(node.Clock, time);
        Post(node, link.Other, new Letter(_posted++, node.Clock, new Mirror(new Link(owner, link.Kind, false), added), null, null));
        ChangeRelation(node, link, added);
    }

    private void ChangeRelation(Node node, Link link, bool added)
    {
        if (node.Links.Contains(link) == added)
        {
            return;
        }

        var before = node.Neighbours;
        node.Links = added ? node.Links.Add(link) : node.Links.Remove(link);
        node.Neighbours = new Neighbourhood(node.Parameters, node.Links);
        Accept(node, RiskModel.Apply(Context(node), node.State, [], before));
    }

    private void Accept(Node node, RiskTransition transition)
    {
        node.State = transition.State;
        foreach (var message in transition.Messages)
        {
            Sent++;
            Reached.Add(message.To);
            Post(node, message.To, new Letter(_posted++, node.Clock, null, message.Changed, message.Wanted));
        }
    }

    private void Post(Node node, ElementId to, Letter letter)
    {
        if (!_waiting.TryGetValue((node.Id, to), out var queue))
        {
            _waiting.Add((node.Id, to), queue = new Queue<Letter>());
        }

        queue.Enqueue(letter);
    }

    private static RiskContext Context(Node node) => new(node.Parameters, node.Id, node.Neighbours, node.Base, node.Clock);

    private sealed record Mirror(Link Link, bool Added);

    private sealed record Letter(long Number, long Time, Mirror? Mirror, InfluenceChanged? Changed, InfluenceWanted? Wanted);

    private sealed class Node
    {
        public required ElementId Id { get; init; }

        public required double Base { get; init; }

        public required RiskParameters Parameters { get; set; }

        public required RiskState State { get; set; }

        public ImmutableArray<Link> Links { get; set; } = [];

        public Neighbourhood Neighbours { get; set; } = Neighbourhood.None;

        public long Clock { get; set; } = long.MinValue;
    }
}
