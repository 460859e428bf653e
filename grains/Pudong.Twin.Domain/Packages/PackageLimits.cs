using System.ComponentModel.DataAnnotations;

namespace Pudong.Twin.Domain.Packages;

/// <summary>How large a package may be. Beyond a limit it is refused with an error that names the limit.</summary>
public sealed class PackageLimits
{
    /// <summary>The limits that hold where nothing else is said.</summary>
    public static PackageLimits Default { get; } = new();

    /// <summary>Files of one package.</summary>
    /// <value>From 1 to 1,000. The default is 100.</value>
    [Range(1, 1_000)]
    public int Files { get; set; } = 100;

    /// <summary>Length of one file, in UTF-16 code units.</summary>
    /// <value>From 1 to 16,777,216. The default is 1,048,576.</value>
    [Range(1, 16_777_216)]
    public int FileLength { get; set; } = 1_048_576;

    /// <summary>How deep lists and mappings may be nested in a file.</summary>
    /// <value>From 1 to 64; the reader recurses, so more would endanger the stack. The default is 16.</value>
    [Range(1, 64)]
    public int Depth { get; set; } = 16;

    /// <summary>Values, lists and mappings of one file.</summary>
    /// <value>From 1 to 1,000,000. The default is 100,000.</value>
    [Range(1, 1_000_000)]
    public int Nodes { get; set; } = 100_000;

    /// <summary>Entries of one section: kinds, rules, fields of an event and so on.</summary>
    /// <value>From 1 to 10,000. The default is 1,000.</value>
    [Range(1, 10_000)]
    public int Entries { get; set; } = 1_000;

    /// <summary>Packages that build on each other.</summary>
    /// <value>From 1 to 32. The default is 8.</value>
    [Range(1, 32)]
    public int Layers { get; set; } = 8;

    /// <summary>Errors that are reported; the rest is left out with a note.</summary>
    /// <value>From 1 to 10,000. The default is 200.</value>
    [Range(1, 10_000)]
    public int Errors { get; set; } = 200;
}
