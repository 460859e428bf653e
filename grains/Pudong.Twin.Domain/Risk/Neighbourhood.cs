using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The elements that an element exchanges influence with, under one package: those of its relations that carry a coupling.</summary>
/// <remarks>
/// RISK-MODEL.md, section 5. At most <see cref="RiskParameters.MaxNeighbours"/>: the largest coupling in either direction first, of equal ones the smaller id. Making one costs
/// nothing until influence has to travel; it may be kept as long as relations and package stay the same.
/// </remarks>
public sealed class Neighbourhood
{
    /// <summary>No neighbours.</summary>
    public static readonly Neighbourhood None = new(CouplingTable.Empty, 0, []);

    private readonly CouplingTable _couplings;
    private readonly int _limit;
    private readonly ImmutableArray<Link> _links;
    private Exchange? _exchange;

    /// <summary>The neighbourhood of an element.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="links">The element's relations as it sees them, in any order.</param>
    public Neighbourhood(RiskParameters parameters, ImmutableArray<Link> links)
        : this(parameters.Couplings, parameters.MaxNeighbours, links)
    {
    }

    private Neighbourhood(CouplingTable couplings, int limit, ImmutableArray<Link> links)
    {
        _couplings = couplings;
        _limit = limit;
        _links = links;
    }

    /// <summary>Those that influence is exchanged with, sorted by id.</summary>
    public ImmutableArray<Neighbour> Neighbours => Exchanged.Neighbours;

    /// <summary>The relations that carry a coupling, sorted; also those beyond the bound.</summary>
    internal ImmutableArray<Link> Links => Exchanged.Links;

    // Made on first use. Two threads may make it at once; they make the same.
    private Exchange Exchanged => _exchange ??= Build();

    /// <summary>The neighbour of an id.</summary>
    /// <param name="id">An element.</param>
    /// <returns>Null when influence is not exchanged with it.</returns>
    public Neighbour? Find(ElementId id)
    {
        var neighbours = Neighbours;
        var (low, high) = (0, neighbours.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = neighbours[middle].Id.CompareTo(id);
            if (order == 0)
            {
                return neighbours[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Whether a relation with a coupling leads to an element, also beyond the bound.</summary>
    internal bool HasLink(ElementId id)
    {
        foreach (var link in Links)
        {
            if (link.Other == id)
            {
                return true;
            }
        }

        return false;
    }

    private Exchange Build()
    {
        var links = ImmutableArray.CreateBuilder<Link>(_links.Length);
        foreach (var link in _links)
        {
            if (_couplings.Couples(link.Kind))
            {
                links.Add(link);
            }
        }

        links.Sort();
        var neighbours = Merge(links);
        if (neighbours.Count > _limit)
        {
            neighbours.Sort(static (x, y) => x.Largest != y.Largest ? y.Largest.CompareTo(x.Largest) : x.Id.CompareTo(y.Id));
            neighbours.Count = _limit;
            neighbours.Sort(static (x, y) => x.Id.CompareTo(y.Id));
        }

        return new Exchange(links.DrainToImmutable(), neighbours.DrainToImmutable());
    }

    private ImmutableArray<Neighbour>.Builder Merge(ImmutableArray<Link>.Builder links)
    {
        var neighbours = ImmutableArray.CreateBuilder<Neighbour>();
        for (var first = 0; first < links.Count;)
        {
            var last = first + 1;
            while (last < links.Count && links[last].Other == links[first].Other)
            {
                last++;
            }

            neighbours.Add(new Neighbour(links[first].Other, LargestOf(links, first, last)));
            first = last;
        }

        return neighbours;
    }

    private double[] LargestOf(ImmutableArray<Link>.Builder links, int first, int last)
    {
        var domains = _couplings.Domains;
        var shares = new double[2 * domains];
        for (var i = first; i < last; i++)
        {
            for (var d = 0; d < domains; d++)
            {
                var domain = new RiskDomain((byte)d);
                shares[d] = Math.Max(shares[d], _couplings.Share(links[i].Kind, links[i].Outwards, domain));
                shares[domains + d] = Math.Max(shares[domains + d], _couplings.Share(links[i].Kind, links[i].Inwards, domain));
            }
        }

        return shares;
    }

    private sealed record Exchange(ImmutableArray<Link> Links, ImmutableArray<Neighbour> Neighbours);
}
