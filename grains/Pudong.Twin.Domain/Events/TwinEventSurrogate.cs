using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Events;

/// <summary>How an event travels between silos: with the text of its id, which the event itself may not have made yet.</summary>
[GenerateSerializer, Immutable, Alias("pudong.twin-event")]
public struct TwinEventSurrogate
{
    /// <inheritdoc cref="TwinEvent.Id"/>
    [Id(0)]
    public string Id { get; set; }

    /// <inheritdoc cref="TwinEvent.Source"/>
    [Id(1)]
    public string Source { get; set; }

    /// <inheritdoc cref="TwinEvent.Type"/>
    [Id(2)]
    public string Type { get; set; }

    /// <inheritdoc cref="TwinEvent.Subject"/>
    [Id(3)]
    public ElementId Subject { get; set; }

    /// <inheritdoc cref="TwinEvent.Time"/>
    [Id(4)]
    public long Time { get; set; }

    /// <inheritdoc cref="TwinEvent.Data"/>
    [Id(5)]
    public EventData Data { get; set; }

    /// <inheritdoc cref="TwinEvent.ExpectedRevision"/>
    [Id(6)]
    public long? ExpectedRevision { get; set; }

    /// <inheritdoc cref="TwinEvent.Cause"/>
    [Id(7)]
    public Cause? Cause { get; set; }

    /// <inheritdoc cref="TwinEvent.TraceParent"/>
    [Id(8)]
    public string? TraceParent { get; set; }
}

/// <summary>Turns events into their travelling form and back.</summary>
[RegisterConverter]
public sealed class TwinEventConverter : IConverter<TwinEvent, TwinEventSurrogate>
{
    /// <inheritdoc/>
    public TwinEvent ConvertFromSurrogate(in TwinEventSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Source, surrogate.Type, surrogate.Subject, surrogate.Time, surrogate.Data)
        {
            ExpectedRevision = surrogate.ExpectedRevision,
            Cause = surrogate.Cause,
            TraceParent = surrogate.TraceParent,
        };

    /// <inheritdoc/>
    public TwinEventSurrogate ConvertToSurrogate(in TwinEvent value) => new()
    {
        Id = value.Id,
        Source = value.Source,
        Type = value.Type,
        Subject = value.Subject,
        Time = value.Time,
        Data = value.Data,
        ExpectedRevision = value.ExpectedRevision,
        Cause = value.Cause,
        TraceParent = value.TraceParent,
    };
}
