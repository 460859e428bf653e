namespace Pudong.Twin.Storage.Streams;

/// <summary>The streams of the event log: one for each partition, whose items are whole <see cref="Pudong.Twin.Grains.Events.EventBlock"/>s.</summary>
public static class EventStreams
{
    /// <summary>The namespace of the streams, which is also the usual name of their provider.</summary>
    public const string Namespace = "events";

    /// <summary>The stream of a partition; an implicit subscription on <see cref="Namespace"/> brings it to the grain with that integer key.</summary>
    /// <param name="partition">The partition, from 0.</param>
    public static StreamId Of(int partition) => StreamId.Create(Namespace, partition);
}
