using System.Collections.Concurrent;
using Pudong.Twin.Contract;

namespace Pudong.Twin.Storage.Tests.Membership;

/// <summary>The contract holds for a table in memory.</summary>
public sealed class MemoryMembershipTableTests : MembershipTableContract
{
    private readonly ConcurrentDictionary<string, IMembershipTable> _tables = [];

    /// <inheritdoc/>
    protected override Task<IMembershipTable> Open(string cluster) => Task.FromResult(_tables.GetOrAdd(cluster, _ => new MemoryMembershipTable()));
}
