using System.Diagnostics.CodeAnalysis;

namespace Pudong.Twin.Contract;

/// <summary>A state for tests of grain storage.</summary>
[GenerateSerializer, Alias("pudong.tests.stored-thing")]
public sealed class StoredThing
{
    /// <summary>Some text; a new state has none.</summary>
    [Id(0)]
    public string? Text { get; set; }

    /// <summary>Some bytes, in pieces as a snapshot has them; a new state has none.</summary>
    [Id(1)]
    public List<byte[]> Pieces { get; set; } = [];
}

/// <summary>What a grain holds of its state between calls to the storage.</summary>
public sealed class HeldState : IGrainState<StoredThing>
{
    /// <inheritdoc/>
    [AllowNull]
    public StoredThing State { get; set; } = new();

    /// <inheritdoc/>
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public bool RecordExists { get; set; }

    /// <summary>A grain's view that has not read yet.</summary>
    /// <param name="text">The state's text.</param>
    public static HeldState Of(string text) => new() { State = new StoredThing { Text = text } };

    /// <summary>Another grain's view of the same record with another state.</summary>
    /// <param name="text">The other state's text.</param>
    public HeldState With(string text) => new() { State = new StoredThing { Text = text }, ETag = ETag, RecordExists = RecordExists };
}
