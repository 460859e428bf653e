using System.IO.Hashing;
using System.Text;

namespace Pudong.Twin.Domain.Packages;

/// <summary>The stable number under which a name of a package is written into logs and snapshots.</summary>
/// <remarks>XXH32 (seed 0) of the name's UTF-8 bytes. A package in which two names of one sort have the same number is refused.</remarks>
public static class NameHash
{
    /// <summary>The number of a name.</summary>
    /// <param name="name">The exact name.</param>
    public static uint Of(string name) => XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(name));
}
