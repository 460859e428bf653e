namespace Pudong.Twin.Contract;

/// <summary>The calls that an <see cref="InMemoryEventLog"/> counts and a test can disturb.</summary>
public enum LogCall
{
    /// <summary>An append.</summary>
    Append,

    /// <summary>A read, from its first block on.</summary>
    Read,

    /// <summary>A question for tail and head.</summary>
    Extent,

    /// <summary>The waiting for an append.</summary>
    Wait,

    /// <summary>A trim.</summary>
    Trim,
}
