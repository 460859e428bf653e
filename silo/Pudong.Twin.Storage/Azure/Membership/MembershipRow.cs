using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Pudong.Twin.Storage.Azure.Membership;

/// <summary>The rows of a cluster's membership: one for each silo, named by its address, and one for the version beside them.</summary>
internal static class MembershipRow
{
    /// <summary>The row key of the version; no silo's address looks like it.</summary>
    public const string VersionKey = "version";

    private const string Version = "Version";
    private const string TimeFormat = "O";

    /// <summary>The row key of a silo: its address as <c>10.0.0.1:11111@1234567</c>.</summary>
    /// <param name="silo">The silo.</param>
    public static string KeyOf(SiloAddress silo) => silo.ToParsableString();

    /// <summary>The version as a row.</summary>
    /// <param name="cluster">The partition key.</param>
    /// <param name="version">The version.</param>
    public static TableEntity Of(string cluster, TableVersion version) => new(cluster, VersionKey) { [Version] = version.Version };

    /// <summary>A silo as a row.</summary>
    /// <param name="cluster">The partition key.</param>
    /// <param name="entry">The silo.</param>
    public static TableEntity Of(string cluster, MembershipEntry entry) => new(cluster, KeyOf(entry.SiloAddress))
    {
        [nameof(entry.Status)] = entry.Status.ToString(),
        [nameof(entry.HostName)] = entry.HostName,
        [nameof(entry.SiloName)] = entry.SiloName,
        [nameof(entry.RoleName)] = entry.RoleName,
        [nameof(entry.ProxyPort)] = entry.ProxyPort,
        [nameof(entry.UpdateZone)] = entry.UpdateZone,
        [nameof(entry.FaultZone)] = entry.FaultZone,
        [nameof(entry.StartTime)] = Text(entry.StartTime),
        [nameof(entry.IAmAliveTime)] = Text(entry.IAmAliveTime),
        [nameof(entry.SuspectTimes)] = string.Join('|', (entry.SuspectTimes ?? []).Select(suspect => $"{suspect.Item1.ToParsableString()},{Text(suspect.Item2)}")),
    };

    /// <summary>What changes of a silo's row when it says that it is alive.</summary>
    /// <param name="cluster">The partition key.</param>
    /// <param name="entry">The silo.</param>
    public static TableEntity AliveOf(string cluster, MembershipEntry entry) => new(cluster, KeyOf(entry.SiloAddress))
    {
        [nameof(entry.IAmAliveTime)] = Text(entry.IAmAliveTime),
    };

    /// <summary>The membership in some rows of one cluster.</summary>
    /// <param name="rows">The rows in any order; without the version's row the version is 0 and cannot be changed.</param>
    public static MembershipTableData Read(IReadOnlyCollection<TableEntity> rows)
    {
        var version = rows.FirstOrDefault(row => row.RowKey == VersionKey);
        var silos = rows.Where(row => row.RowKey != VersionKey).Select(row => Tuple.Create(Entry(row), row.ETag.ToString("H"))).ToList();
        return new MembershipTableData(silos, version is null ? new TableVersion(0, "") : new TableVersion(version.GetInt32(Version) ?? 0, version.ETag.ToString("H")));
    }

    /// <summary>A silo's row as Orleans knows it.</summary>
    /// <param name="row">The row.</param>
    public static MembershipEntry Entry(TableEntity row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.RowKey),
        Status = Enum.Parse<SiloStatus>(row.GetString(nameof(MembershipEntry.Status))),
        HostName = row.GetString(nameof(MembershipEntry.HostName)),
        SiloName = row.GetString(nameof(MembershipEntry.SiloName)),
        RoleName = row.GetString(nameof(MembershipEntry.RoleName)),
        ProxyPort = row.GetInt32(nameof(MembershipEntry.ProxyPort)) ?? 0,
        UpdateZone = row.GetInt32(nameof(MembershipEntry.UpdateZone)) ?? 0,
        FaultZone = row.GetInt32(nameof(MembershipEntry.FaultZone)) ?? 0,
        StartTime = Time(row.GetString(nameof(MembershipEntry.StartTime))),
        IAmAliveTime = Time(row.GetString(nameof(MembershipEntry.IAmAliveTime))),
        SuspectTimes = Suspects(row.GetString(nameof(MembershipEntry.SuspectTimes))),
    };

    /// <summary>An ETag that Orleans gave back.</summary>
    /// <param name="etag">What <see cref="Read"/> gave out; nothing matches an empty one.</param>
    public static ETag ETagOf(string? etag) => new(string.IsNullOrEmpty(etag) ? "\"none\"" : etag);

    private static List<Tuple<SiloAddress, DateTime>> Suspects(string? text)
    {
        var suspects = new List<Tuple<SiloAddress, DateTime>>();
        foreach (var suspect in (text ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var comma = suspect.IndexOf(',', StringComparison.Ordinal);
            suspects.Add(Tuple.Create(SiloAddress.FromParsableString(suspect[..comma]), Time(suspect[(comma + 1)..])));
        }

        return suspects;
    }

    // Text and not a table time: tables know no time before 1601, and Orleans uses DateTime's first for "never".
    private static string Text(DateTime time) =>
        DateTime.SpecifyKind(time, DateTimeKind.Utc).ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTime Time(string text) => DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
