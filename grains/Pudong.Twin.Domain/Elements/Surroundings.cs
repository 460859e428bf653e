using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Elements;

/// <summary>What the risk of an element depends on besides evidence: its base load and its neighbours. They follow from attributes and relations and change as seldom as these.</summary>
/// <param name="Package">The package they were worked out under.</param>
/// <param name="Kind">The kind they were worked out for: elements without attributes share one profile, whatever their kind.</param>
/// <param name="Base">The base load.</param>
/// <param name="Neighbourhood">The elements that influence is exchanged with.</param>
internal sealed record Surroundings(ModelPackage Package, ElementKind Kind, BaseLoad Base, Neighbourhood Neighbourhood)
{
    private AttributeSet Attributes { get; init; }

    private ImmutableArray<Relation> Relations { get; init; }

    /// <summary>Works them out.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="kind">The element's kind.</param>
    /// <param name="profile">Its attributes and relations.</param>
    public static Surroundings Of(ModelPackage package, ElementKind kind, Profile profile) =>
        new(package, kind, ElementRisk.BaseLoad(package, kind, profile.Attributes), NeighbourhoodOf(package.Risk, profile.Relations))
        {
            Attributes = profile.Attributes,
            Relations = profile.Relations,
        };

    /// <summary>Whether they are still those of a profile.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="kind">The element's kind.</param>
    /// <param name="profile">A later profile of the same element.</param>
    public bool Hold(ModelPackage package, ElementKind kind, Profile profile) =>
        ReferenceEquals(Package, package) && ReferenceEquals(Kind, kind) && Attributes.IsSameAs(profile.Attributes) && Relations == profile.Relations;

    private static Neighbourhood NeighbourhoodOf(RiskParameters parameters, ImmutableArray<Relation> relations)
    {
        var links = ImmutableArray.CreateBuilder<Link>();
        foreach (ref readonly var relation in relations.AsSpan())
        {
            if (parameters.Couplings.Couples((ushort)relation.Kind))
            {
                links.Add(new Link(relation.Other, (ushort)relation.Kind, relation.IsOwner));
            }
        }

        return links.Count == 0 ? Neighbourhood.None : new Neighbourhood(parameters, links.DrainToImmutable());
    }
}
