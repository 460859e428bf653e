namespace Pudong.Twin.Contract;

/// <summary>A membership table in memory: small enough to be read at once, it shows that the contract asks for nothing a table cannot give.</summary>
public sealed class MemoryMembershipTable : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, string ETag)> _rows = [];
    private TableVersion _version = new(0, "0");
    private int _etags;

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_lock)
        {
            _rows.Clear();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        lock (_lock)
        {
            foreach (var (silo, (entry, _)) in _rows)
            {
                if (entry.Status != SiloStatus.Active && entry.IAmAliveTime < beforeDate.UtcDateTime)
                {
                    _rows.Remove(silo);
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (_lock)
        {
            return Task.FromResult(_rows.TryGetValue(key, out var row)
                ? new MembershipTableData(Tuple.Create(row.Entry, row.ETag), _version)
                : new MembershipTableData(_version));
        }
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll()
    {
        lock (_lock)
        {
            return Task.FromResult(new MembershipTableData([.. _rows.Values.Select(row => Tuple.Create(row.Entry, row.ETag))], _version));
        }
    }

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Change(entry, null, tableVersion);

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Change(entry, etag, tableVersion);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_lock)
        {
            var old = _rows[entry.SiloAddress].Entry;
            _rows[entry.SiloAddress] = (Alive(old, entry.IAmAliveTime), NewETag());
        }

        return Task.CompletedTask;
    }

    private static MembershipEntry Alive(MembershipEntry entry, DateTime time) => new()
    {
        SiloAddress = entry.SiloAddress,
        Status = entry.Status,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        ProxyPort = entry.ProxyPort,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = entry.StartTime,
        IAmAliveTime = time,
        SuspectTimes = entry.SuspectTimes,
    };

    private Task<bool> Change(MembershipEntry entry, string? etag, TableVersion version)
    {
        lock (_lock)
        {
            var current = _rows.TryGetValue(entry.SiloAddress, out var row) ? row.ETag : null;
            if (version.VersionEtag != _version.VersionEtag || current != etag)
            {
                return Task.FromResult(false);
            }

            _rows[entry.SiloAddress] = (entry, NewETag());
            _version = new TableVersion(version.Version, NewETag());
            return Task.FromResult(true);
        }
    }

    private string NewETag() => $"{++_etags}";
}
