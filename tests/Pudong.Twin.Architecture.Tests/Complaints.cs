using Xunit;

namespace Pudong.Twin.Architecture.Tests;

/// <summary>Rules that are checked by collecting what breaks them.</summary>
internal static class Complaints
{
    /// <summary>Fails with all sentences at full length.</summary>
    /// <param name="sentences">What breaks the rule, and what would be right.</param>
    public static void None(IEnumerable<string> sentences)
    {
        var all = sentences.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
