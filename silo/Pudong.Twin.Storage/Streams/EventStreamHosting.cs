using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;
using Orleans.Streams;
using Pudong.Twin.Storage.Streams;

namespace Orleans.Hosting;

/// <summary>Registers the event log as an Orleans stream provider.</summary>
public static class EventStreamHosting
{
    /// <summary>Delivers every partition of the registered <see cref="Pudong.Twin.Grains.Events.IEventLog"/> as a stream of event blocks.</summary>
    /// <remarks>
    /// Implicit subscriptions need nothing more. Where a grain storage named <c>PubSubStore</c>, or like the provider, is registered, any grain may also
    /// subscribe by <c>GetStreamProvider(name)</c>. Orleans' agents report each pause of a full cache in the category <c>Orleans.Streams.</c> plus name; it is
    /// set to <see cref="LogLevel.Warning"/> unless the configuration says otherwise.
    /// </remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Changes the options after the configuration section <c>Twin:Events</c> was read.</param>
    public static ISiloBuilder AddTwinEvents(this ISiloBuilder builder, string name = EventStreams.Namespace, Action<EventStreamOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddLogging(logging => logging.AddFilter($"Orleans.Streams.{name}", LogLevel.Warning));
        builder.Services.AddOptionsWithValidateOnStart<EventStreamOptions, EventStreamOptionsValidator>(name)
            .BindConfiguration("Twin:Events").Configure(configure ?? (_ => { }));

        return builder.AddPersistentStreams(name, EventStreamFactory.Create, streams =>
        {
            streams.Configure<StreamPubSubOptions>(pubSub => pubSub.Configure<IServiceProviderIsKeyedService>(
                (options, services) => options.PubSubType = Subscriptions(services, name)));
            streams.ConfigurePullingAgent(agent => agent.Configure<IOptionsMonitor<EventStreamOptions>>(
                (options, events) => Configure(options, events.Get(name))));
        });
    }

    private static StreamPubSubType Subscriptions(IServiceProviderIsKeyedService services, string name) =>
        services.IsKeyedService(typeof(IGrainStorage), name) || services.IsKeyedService(typeof(IGrainStorage), ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME)
            ? StreamPubSubType.ExplicitGrainBasedAndImplicit
            : StreamPubSubType.ImplicitOnly;

    private static void Configure(StreamPullingAgentOptions agent, EventStreamOptions events)
    {
        agent.BatchContainerBatchSize = events.DeliveryBlocks;
        agent.MaxEventDeliveryTime = events.DeliveryPatience;
        agent.GetQueueMsgsTimerPeriod = events.Pause;
    }
}
