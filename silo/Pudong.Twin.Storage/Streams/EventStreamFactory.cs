using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Streams;

/// <summary>Makes the parts of the stream provider over the event log that belong together: adapter, cache, mapper, failure handler.</summary>
internal sealed class EventStreamFactory : IQueueAdapterFactory, IQueueAdapterCache
{
    private const string MeterName = "Pudong.Twin.Storage";

    private readonly EventStreamOptions _options;
    private readonly ILogger _logger;
    private readonly EventQueueMapper _mapper;
    private readonly EventStreamAdapter _adapter;
    private readonly EventStreamFailureHandler _failureHandler;

    public EventStreamFactory(string name, EventStreamOptions options, IEventLog log, TimeProvider time, IMeterFactory meters, ILoggerFactory loggers)
    {
        _options = options;
        // Not Orleans' own category, which is quiet because it reports every pause.
        _logger = loggers.CreateLogger($"{typeof(EventStreams).Namespace}.{name}");
        _mapper = new EventQueueMapper(log.Partitions);
        _adapter = new EventStreamAdapter(name, partition => new EventReceiver(log, partition, options, time, _logger));
        _failureHandler = new EventStreamFailureHandler(
            meters.Create(MeterName).CreateCounter<long>(EventStreamFailureHandler.Counter, "{delivery}", "Deliveries given up."), _logger);
    }

    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => new EventStreamFactory(
        name,
        services.GetRequiredService<IOptionsMonitor<EventStreamOptions>>().Get(name),
        services.GetRequiredService<IEventLog>(),
        services.GetRequiredKeyedService<TimeProvider>(StreamingTimeProviderNames.Streaming),
        services.GetRequiredService<IMeterFactory>(),
        services.GetRequiredService<ILoggerFactory>());

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) => Task.FromResult<IQueueAdapter>(_adapter);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IQueueCache CreateQueueCache(QueueId queueId) => new EventStreamCache(_options.CacheBlocks, _options.CacheBytes, _logger);

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => Task.FromResult<IStreamFailureHandler>(_failureHandler);

    Task<IQueueAdapter> IQueueAdapterFactory.CreateAdapter() => CreateAdapter(CancellationToken.None);
}
