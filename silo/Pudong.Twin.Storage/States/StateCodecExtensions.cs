using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Pudong.Twin.Storage.States;

/// <summary>Adds the stored form of grain states, which all adapters share.</summary>
internal static class StateCodecExtensions
{
    /// <summary>Adds the codec once, however many adapters ask for it.</summary>
    /// <param name="services">The silo's services.</param>
    public static void AddStateCodec(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GrainStateOptions, GrainStateOptionsValidator>().BindConfiguration("Twin:States");
        services.TryAddSingleton(provider => new StateCodec(
            provider.GetRequiredService<Serializer>(),
            provider.GetRequiredService<IOptions<GrainStateOptions>>().Value));
    }
}
