using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Serialization;
using Orleans.Storage;

namespace Pudong.Twin.Grains.Tests;

/// <summary>Grain states of a test cluster, which outlive its silos, and the faults that writing them shall meet.</summary>
public sealed class TestStore
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), (byte[] Bytes, string ETag)> _records = [];
    private readonly ConcurrentDictionary<(GrainId Grain, string Prefix), Exception> _faults = [];
    private int _tag;

    /// <summary>Lets every write of some states fail, until <see cref="Mend"/>.</summary>
    /// <param name="grain">The grain whose states they are.</param>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="fault">What is thrown.</param>
    public void Break(GrainId grain, string prefix, Exception fault) => _faults[(grain, prefix)] = fault;

    /// <summary>Ends all faults of a grain.</summary>
    /// <param name="grain">The grain.</param>
    public void Mend(GrainId grain)
    {
        foreach (var key in _faults.Keys.Where(key => key.Grain == grain))
        {
            _faults.TryRemove(key, out _);
        }
    }

    /// <summary>The names of the states that are stored of a grain.</summary>
    /// <param name="grain">The grain.</param>
    public IReadOnlyList<string> Names(GrainId grain) => [.. _records.Keys.Where(key => key.Grain == grain).Select(key => key.Name).Order(StringComparer.Ordinal)];

    /// <summary>Flips a byte in the middle of a stored state.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="name">The state's name.</param>
    public void Damage(GrainId grain, string name)
    {
        var (bytes, tag) = _records[(grain, name)];
        var damaged = bytes.ToArray();
        damaged[damaged.Length / 2] ^= 0x20;
        _records[(grain, name)] = (damaged, tag);
    }

    /// <summary>Gives a stored state another ETag, as if somebody else had written it.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="name">The state's name.</param>
    public void Touch(GrainId grain, string name) => _records[(grain, name)] = (_records[(grain, name)].Bytes, NewTag());

    internal (byte[] Bytes, string ETag)? Find(GrainId grain, string name) => _records.TryGetValue((grain, name), out var record) ? record : null;

    internal string Write(GrainId grain, string name, byte[] bytes, string? expected)
    {
        Check(grain, name, expected);
        var tag = NewTag();
        _records[(grain, name)] = (bytes, tag);
        return tag;
    }

    internal void Clear(GrainId grain, string name, string? expected)
    {
        Check(grain, name, expected);
        _records.TryRemove((grain, name), out _);
    }

    private void Check(GrainId grain, string name, string? expected)
    {
        foreach (var ((broken, prefix), fault) in _faults)
        {
            if (broken == grain && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                throw fault;
            }
        }

        var stored = Find(grain, name)?.ETag;
        if (stored != expected)
        {
            throw new InconsistentStateException($"State '{name}' of {grain} has another ETag.", stored ?? "", expected ?? "");
        }
    }

    private string NewTag() => Interlocked.Increment(ref _tag).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The store as a silo's grain storage.</summary>
internal sealed class TestStorage(TestStore store, Serializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = store.Find(grainId, stateName);
        grainState.State = found is { } record ? Read<T>(record.Bytes) : Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (found?.ETag, found is not null);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = store.Write(grainId, stateName, serializer.SerializeToArray(grainState.State), grainState.ETag);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        store.Clear(grainId, stateName, grainState.ETag);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }

    // What is damaged in the middle may not even be readable any more.
    private T Read<T>(byte[] bytes)
    {
        try
        {
            return serializer.Deserialize<T>(bytes)!;
        }
        catch (Exception)
        {
            return Activator.CreateInstance<T>();
        }
    }
}
