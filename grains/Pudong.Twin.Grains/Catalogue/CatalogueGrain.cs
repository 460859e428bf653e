using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Partitions;

namespace Pudong.Twin.Grains.Catalogue;

/// <summary>Keeps the packages and puts them in force: first it writes down what it is about to do, then it does it, partition by partition.</summary>
[GrainType("catalogue")]
public sealed partial class CatalogueGrain : Grain, ICatalogueGrain
{
    private const int RememberedActivations = 256;

    private readonly IPersistentState<CatalogueState> _stored;
    private readonly IEventLog _log;
    private readonly CatalogueOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueGrain> _logger;
    private ImmutableDictionary<PackageVersion, PackageSource> _shipped = ImmutableDictionary<PackageVersion, PackageSource>.Empty;
    private IGrainTimer? _resuming;

    /// <summary>Makes the catalogue.</summary>
    /// <param name="stored">What it keeps.</param>
    /// <param name="log">Where activations are written.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of activations.</param>
    public CatalogueGrain(
        [PersistentState("catalogue", PartitionParts.StorageName)] IPersistentState<CatalogueState> stored,
        IEventLog log,
        IOptions<CatalogueOptions> options,
        TimeProvider time,
        ILogger<CatalogueGrain> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_stored, _log, _options, _time, _logger) = (stored, log, options.Value, time, logger);
    }

    private CatalogueState State => _stored.State;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Compiling them takes a while the first time, so it does not take the grain's turn.
        _shipped = await Task.Run(
            () => ShippedPackages.Names.ToImmutableDictionary(name => ShippedPackages.Load(name).Version, ShippedPackages.SourceOf), cancellationToken);
        if (State.Pending is not null)
        {
            ResumeLater(TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CatalogueView> List() => ValueTask.FromResult(new CatalogueView(
        State.Active, [.. _shipped.Keys.OrderBy(version => version.Name, StringComparer.Ordinal).Union(State.Packages.Select(package => package.Version))], State.History));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<PackageFile>> Sources(PackageVersion version) => ValueTask.FromResult(Finder()(version)?.Files ?? []);

    /// <inheritdoc/>
    public async Task<PackagePut> Put(ImmutableArray<PackageFile> files)
    {
        var find = Finder();
        var result = await Task.Run(() => PackageReader.Read(new PackageSource(files), find));
        if (result.Package is not { } package)
        {
            return new PackagePut(null, [.. result.Errors.Select(error => error.ToString())]);
        }

        var known = await Compiled(package.Version);
        if (known is not null)
        {
            return known.Content.Fingerprint == package.Content.Fingerprint
                ? new PackagePut(package.Version, [])
                : new PackagePut(null, [$"Package {package.Version} is there already with another content; a content never changes under a version, so give this one the next."]);
        }

        var kept = new KeptPackage(package.Version, files, package.Content.Fingerprint);
        if (Shortage([kept]) is { } shortage)
        {
            return new PackagePut(null, [shortage]);
        }

        await Write(State with { Packages = State.Packages.Add(kept) });
        return new PackagePut(package.Version, []);
    }

    /// <inheritdoc/>
    public async Task<ActivationResult> Activate(PackageVersion version, PackageVersion? expected = null)
    {
        if (await Finish() is { } unfinished)
        {
            return new ActivationResult(State.Active, unfinished);
        }

        if (expected is { } wanted && State.Active != wanted)
        {
            return new ActivationResult(State.Active, $"Package {State.Active?.ToString() ?? "none"} is in force and not {wanted}; look at the catalogue and decide anew.");
        }

        return State.Active == version ? new ActivationResult(version, null) : await Begin(version);
    }

    /// <inheritdoc/>
    public async Task<ActivationResult> RollBack(PackageVersion? expected = null)
    {
        if (await Finish() is { } unfinished)
        {
            return new ActivationResult(State.Active, unfinished);
        }

        return State.History.Length < 2
            ? new ActivationResult(State.Active, "No package was in force before this one; put the wanted one in force by its version.")
            : await Activate(State.History[^2].Version, expected);
    }

    // What was put or in force comes first: its content is what the logs were written under. The finder is used off the turn, where the state must not be asked.
    private Func<PackageVersion, PackageSource?> Finder()
    {
        var (packages, shipped) = (State.Packages, _shipped);
        return version =>
            packages.FirstOrDefault(package => package.Version == version) is { } kept ? new PackageSource(kept.Files) : shipped.GetValueOrDefault(version);
    }

    private async Task<ModelPackage?> Compiled(PackageVersion version)
    {
        var find = Finder();
        return find(version) is { } source ? (await Task.Run(() => PackageReader.Read(source, find))).Package : null;
    }

    private async Task<ActivationResult> Begin(PackageVersion version)
    {
        if (await Compiled(version) is not { } package)
        {
            return new ActivationResult(State.Active, $"There is no package {version}; there are {string.Join(", ", (await List()).Versions)}.");
        }

        var added = await NotYetKept(package);
        if (Shortage(added) is { } shortage)
        {
            return new ActivationResult(State.Active, shortage);
        }

        var number = State.Begun + 1;
        var pending = new PendingActivation(version, package.Content.Fingerprint, number, _time.GetUtcNow().ToUnixTimeMilliseconds());
        await Write(State with { Packages = State.Packages.AddRange(added), Begun = number, Pending = pending });
        var unfinished = await Finish();
        return new ActivationResult(State.Active, unfinished);
    }

    // The product may ship another version some day, and the logs will still name this one.
    private async Task<ImmutableArray<KeptPackage>> NotYetKept(ModelPackage package)
    {
        var find = Finder();
        var added = ImmutableArray.CreateBuilder<KeptPackage>();
        foreach (var version in package.Content.Bases.Add(package.Version))
        {
            if (!State.Packages.Any(kept => kept.Version == version) && await Compiled(version) is { } layer)
            {
                added.Add(new KeptPackage(version, find(version)!.Files, layer.Content.Fingerprint));
            }
        }

        return added.DrainToImmutable();
    }

    private string? Shortage(ImmutableArray<KeptPackage> added)
    {
        if (State.Packages.Length + added.Length > _options.Versions)
        {
            return $"The catalogue keeps {State.Packages.Length} package versions, and Twin:Catalogue:Versions allows {_options.Versions}; allow more.";
        }

        var length = State.Packages.AddRange(added).Sum(package => package.Files.Sum(file => (long)file.Text.Length));
        return length > _options.TotalLength
            ? $"The files of all packages together would have {length} characters, and Twin:Catalogue:TotalLength allows {_options.TotalLength}; allow more."
            : null;
    }

    // Appends the pending activation to every log, also to those that have it already: a partition passes a repeat by.
    private async Task<string?> Finish()
    {
        if (State.Pending is not { } pending)
        {
            return null;
        }

        try
        {
            var batch = ActivationEvent.Batch(pending);
            for (var partition = 0; partition < _log.Partitions; partition++)
            {
                await _log.Append(partition, batch);
            }
        }
        catch (EventLogException fault)
        {
            LogUnfinished(pending.Version, fault);
            ResumeLater(_options.RetryPause);
            return $"Package {pending.Version} is on its way but not in the logs of all partitions yet; it goes on by itself. {fault.Message}";
        }

        var history = State.History.Add(new Activation(pending.Version, pending.At));
        await Write(State with { Pending = null, History = history.Length > RememberedActivations ? history.RemoveAt(0) : history });
        LogInForce(pending.Version, _log.Partitions);
        return null;
    }

    private void ResumeLater(TimeSpan pause)
    {
        _resuming?.Dispose();
        _resuming = this.RegisterGrainTimer(
            async _ => await Finish(), new GrainTimerCreationOptions { DueTime = pause, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
    }

    private async Task Write(CatalogueState next)
    {
        var before = State;
        _stored.State = next;
        try
        {
            await _stored.WriteStateAsync();
        }
        catch
        {
            _stored.State = before;
            throw;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Package {Version} is in force: its activation is in the logs of all {Partitions} partitions.")]
    private partial void LogInForce(PackageVersion version, int partitions);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The activation of package {Version} could not be written to all logs; it goes on after a pause.")]
    private partial void LogUnfinished(PackageVersion version, Exception fault);
}
