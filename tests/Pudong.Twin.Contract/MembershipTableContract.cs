using System.Net;
using Xunit;

namespace Pudong.Twin.Contract;

/// <summary>What every membership table promises; each adapter's tests inherit it.</summary>
public abstract class MembershipTableContract
{
    private static readonly DateTime Now = new(2026, 11, 25, 22, 13, 14, 567, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the table of a cluster, as a silo does, and initialises it.</summary>
    /// <param name="cluster">The cluster's id; the same one opens the same table once more.</param>
    protected abstract Task<IMembershipTable> Open(string cluster);

    [Fact]
    public async Task ReadAll_OfANewCluster_HasAVersionAndNoSilos()
    {
        var table = await Open(NewCluster());

        var data = await table.ReadAllAsync(Token);

        Assert.Empty(data.Members);
        Assert.Equal(0, data.Version.Version);
        Assert.NotEmpty(data.Version.VersionEtag);
    }

    [Fact]
    public async Task Initialize_OfATableInUse_LeavesItAlone()
    {
        var cluster = NewCluster();
        var table = await Open(cluster);
        await Insert(table, Silo(1));

        var other = await Open(cluster);

        var data = await other.ReadAllAsync(Token);
        Assert.Equal(1, data.Version.Version);
        Assert.Single(data.Members);
    }

    [Fact]
    public async Task Clusters_OfOneTable_AreSeparate()
    {
        var (first, second) = (await Open(NewCluster()), await Open(NewCluster()));

        await Insert(first, Silo(1));

        Assert.Empty((await second.ReadAllAsync(Token)).Members);
    }

    [Fact]
    public async Task InsertRow_OfASilo_KeepsEveryMember()
    {
        var table = await Open(NewCluster());
        var silo = Silo(1);
        silo.SuspectTimes = [Tuple.Create(Silo(2).SiloAddress, Now.AddSeconds(3)), Tuple.Create(Silo(3).SiloAddress, Now.AddSeconds(4))];

        await Insert(table, silo);

        var read = Assert.Single((await table.ReadAllAsync(Token)).Members).Item1;
        Assert.Equal(
            (silo.SiloAddress, silo.Status, silo.HostName, silo.SiloName, silo.RoleName, silo.ProxyPort, silo.UpdateZone, silo.FaultZone, silo.StartTime, silo.IAmAliveTime),
            (read.SiloAddress, read.Status, read.HostName, read.SiloName, read.RoleName, read.ProxyPort, read.UpdateZone, read.FaultZone, read.StartTime, read.IAmAliveTime));
        Assert.Equal(silo.SuspectTimes, read.SuspectTimes);
    }

    [Fact]
    public async Task InsertRow_WithTheCurrentVersion_ChangesRowAndVersionTogether()
    {
        var table = await Open(NewCluster());
        var before = await table.ReadAllAsync(Token);

        Assert.True(await table.InsertRowAsync(Silo(1), before.Version.Next(), Token));

        var after = await table.ReadAllAsync(Token);
        Assert.Equal(1, after.Version.Version);
        Assert.NotEqual(before.Version.VersionEtag, after.Version.VersionEtag);
        Assert.Single(after.Members);
    }

    [Fact]
    public async Task InsertRow_WithAStaleVersion_ChangesNothing()
    {
        var table = await Open(NewCluster());
        var stale = (await table.ReadAllAsync(Token)).Version.Next();
        await Insert(table, Silo(1));

        Assert.False(await table.InsertRowAsync(Silo(2), stale, Token));

        var data = await table.ReadAllAsync(Token);
        Assert.Equal(Silo(1).SiloAddress, Assert.Single(data.Members).Item1.SiloAddress);
        Assert.Equal(1, data.Version.Version);
    }

    [Fact]
    public async Task InsertRow_OfASiloThatIsThere_ChangesNothing()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        var before = await table.ReadAllAsync(Token);

        Assert.False(await table.InsertRowAsync(Silo(1, SiloStatus.Dead), before.Version.Next(), Token));

        await AssertSame(before, table);
    }

    [Fact]
    public async Task UpdateRow_WithCurrentETags_ChangesRowAndVersionTogether()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        var before = await table.ReadAllAsync(Token);

        Assert.True(await table.UpdateRowAsync(Silo(1, SiloStatus.ShuttingDown), before.Members[0].Item2, before.Version.Next(), Token));

        var after = await table.ReadAllAsync(Token);
        Assert.Equal(2, after.Version.Version);
        Assert.Equal(SiloStatus.ShuttingDown, after.Members[0].Item1.Status);
        Assert.NotEqual(before.Members[0].Item2, after.Members[0].Item2);
        Assert.NotEqual(before.Version.VersionEtag, after.Version.VersionEtag);
    }

    [Fact]
    public async Task UpdateRow_WithAStaleRowETag_ChangesNothing()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        var stale = (await table.ReadAllAsync(Token)).Members[0].Item2;
        await Update(table, Silo(1, SiloStatus.ShuttingDown));
        var before = await table.ReadAllAsync(Token);

        Assert.False(await table.UpdateRowAsync(Silo(1, SiloStatus.Dead), stale, before.Version.Next(), Token));

        await AssertSame(before, table);
    }

    [Fact]
    public async Task UpdateRow_WithAStaleVersion_ChangesNothing()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        var stale = (await table.ReadAllAsync(Token)).Version.Next();
        await Insert(table, Silo(2));
        var before = await table.ReadAllAsync(Token);

        Assert.False(await table.UpdateRowAsync(Silo(1, SiloStatus.Dead), before.TryGet(Silo(1).SiloAddress)!.Item2, stale, Token));

        await AssertSame(before, table);
    }

    [Fact]
    public async Task UpdateRow_OfASiloThatIsNotThere_ChangesNothing()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        var before = await table.ReadAllAsync(Token);

        Assert.False(await table.UpdateRowAsync(Silo(2), before.Members[0].Item2, before.Version.Next(), Token));

        await AssertSame(before, table);
    }

    [Fact]
    public async Task UpdateIAmAlive_OfASilo_ChangesItsTimeOnly()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        var before = await table.ReadAllAsync(Token);
        var alive = new MembershipEntry { SiloAddress = Silo(1).SiloAddress, IAmAliveTime = Now.AddMinutes(7) };

        await table.UpdateIAmAliveAsync(alive, Token);

        var after = await table.ReadAllAsync(Token);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(Now.AddMinutes(7), after.Members[0].Item1.IAmAliveTime);
        Assert.Equal((Silo(1).Status, Silo(1).HostName, Silo(1).StartTime), (after.Members[0].Item1.Status, after.Members[0].Item1.HostName, after.Members[0].Item1.StartTime));
    }

    [Fact]
    public async Task ReadRow_OfASilo_GivesItWithTheVersion()
    {
        var table = await Open(NewCluster());
        await Insert(table, Silo(1));
        await Insert(table, Silo(2));
        var all = await table.ReadAllAsync(Token);

        var row = await table.ReadRowAsync(Silo(2).SiloAddress, Token);

        Assert.Equal(all.Version, row.Version);
        Assert.Equal(all.TryGet(Silo(2).SiloAddress)!.Item2, Assert.Single(row.Members).Item2);
        Assert.Empty((await table.ReadRowAsync(Silo(3).SiloAddress, Token)).Members);
    }

    [Fact]
    public async Task InsertRow_ByManyAtOnce_CountsEverySiloInTheVersion()
    {
        var cluster = NewCluster();
        var tables = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Open(cluster)));

        await Task.WhenAll(tables.Select((table, index) => Task.Run(() => Join(table, index * 10, 5))));

        var data = await tables[0].ReadAllAsync(Token);
        Assert.Equal(20, data.Members.Count);
        Assert.Equal(20, data.Version.Version);
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_OfOldRows_KeepsActiveAndYoungOnes()
    {
        var table = await Open(NewCluster());
        var (oldActive, oldDead, oldJoining, youngDead) =
            (Silo(1), Silo(2, SiloStatus.Dead), Silo(3, SiloStatus.Joining), Silo(4, SiloStatus.Dead));
        youngDead.IAmAliveTime = Now.AddDays(9);
        foreach (var silo in new[] { oldActive, oldDead, oldJoining, youngDead })
        {
            await Insert(table, silo);
        }

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Now.AddDays(7)), Token);

        var left = (await table.ReadAllAsync(Token)).Members.Select(member => member.Item1.SiloAddress);
        Assert.Equal([oldActive.SiloAddress, youngDead.SiloAddress], left.OrderBy(address => address.Endpoint.Port));
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_OfACluster_LeavesOthersAlone()
    {
        var (cluster, other) = (NewCluster(), NewCluster());
        var (table, kept) = (await Open(cluster), await Open(other));
        await Insert(table, Silo(1));
        await Insert(kept, Silo(2));

        await table.DeleteMembershipTableEntriesAsync(cluster, Token);

        Assert.Empty((await table.ReadAllAsync(Token)).Members);
        Assert.Single((await kept.ReadAllAsync(Token)).Members);
    }

    [Fact]
    public async Task Calls_WithoutAToken_DoTheSame()
    {
        var cluster = NewCluster();
        var table = await Open(cluster);
#pragma warning disable CS0618 // The old names are obsolete, yet abstract, and older callers use them.
        await table.InitializeMembershipTable(true);
        Assert.True(await table.InsertRow(Silo(1), (await table.ReadAll()).Version.Next()));
        var data = await table.ReadRow(Silo(1).SiloAddress);
        Assert.True(await table.UpdateRow(Silo(1, SiloStatus.Dead), data.Members[0].Item2, data.Version.Next()));
        await table.UpdateIAmAlive(Silo(1));
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Now.AddDays(1)));
        Assert.Empty((await table.ReadAll()).Members);
        await table.DeleteMembershipTableEntries(cluster);
#pragma warning restore CS0618
    }

    private static string NewCluster() => $"cluster-{Guid.NewGuid():N}";

    private static MembershipEntry Silo(int number, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + number), 1_000 + number),
        Status = status,
        HostName = $"host-{number}",
        SiloName = $"Silo 浦东 {number}",
        RoleName = "twin",
        ProxyPort = 30_000 + number,
        UpdateZone = 1,
        FaultZone = 2,
        StartTime = Now,
        IAmAliveTime = Now.AddSeconds(number),
        SuspectTimes = [],
    };

    private static async Task Insert(IMembershipTable table, MembershipEntry silo) =>
        Assert.True(await table.InsertRowAsync(silo, (await table.ReadAllAsync(Token)).Version.Next(), Token));

    private static async Task Update(IMembershipTable table, MembershipEntry silo)
    {
        var data = await table.ReadAllAsync(Token);
        Assert.True(await table.UpdateRowAsync(silo, data.TryGet(silo.SiloAddress)!.Item2, data.Version.Next(), Token));
    }

    private static async Task Join(IMembershipTable table, int from, int count)
    {
        for (var joined = 0; joined < count;)
        {
            var data = await table.ReadAllAsync(Token);
            joined += await table.InsertRowAsync(Silo(from + joined), data.Version.Next(), Token) ? 1 : 0;
        }
    }

    private static async Task AssertSame(MembershipTableData expected, IMembershipTable table)
    {
        var actual = await table.ReadAllAsync(Token);
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.Members.Select(member => (member.Item1.SiloAddress, member.Item1.Status, member.Item2)), actual.Members.Select(member => (member.Item1.SiloAddress, member.Item1.Status, member.Item2)));
    }
}
