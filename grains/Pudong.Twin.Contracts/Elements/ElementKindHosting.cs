using Microsoft.Extensions.DependencyInjection;
using Pudong.Twin.Contracts.Elements;

namespace Orleans.Hosting;

/// <summary>Registers kinds of element that a developer gives behaviour of their own.</summary>
public static class ElementKindHosting
{
    /// <summary>Routes a kind of element to grains of its own, which derive from <c>ElementGrain</c> and are marked with <c>[GrainType(kind)]</c>.</summary>
    /// <typeparam name="TGrain">The kind's grain interface.</typeparam>
    /// <param name="services">The services of a silo or a client; all of a cluster have to add the same kinds.</param>
    /// <param name="kind">The kind, which a package declares.</param>
    /// <exception cref="ArgumentException">The text is no kind.</exception>
    public static IServiceCollection AddElementKind<TGrain>(this IServiceCollection services, string kind)
        where TGrain : IElementGrain
    {
        ElementGrainIds.Add(kind);
        return services;
    }
}
