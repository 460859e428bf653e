using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.States;

/// <summary>How states of grains are cut and compressed, in every adapter. Bound to <c>Twin:States</c>.</summary>
/// <remarks>Both values may change at any time: what is stored says itself how it was written.</remarks>
public sealed class GrainStateOptions
{
    /// <summary>The size at which the compressed bytes of a state are cut, in bytes; the last chunk may be smaller.</summary>
    /// <value>From 16 KiB to 4 MiB. The default is 256 KiB.</value>
    [Range(16 * 1_024, 4 * 1_024 * 1_024)]
    public int ChunkSize { get; set; } = 256 * 1_024;

    /// <summary>The zstd level: higher is smaller and slower, negative is faster still.</summary>
    /// <value>From −7 to 19. The default is −1, the fastest that keeps the size of level 1 (DECISIONS.md).</value>
    [Range(-7, 19)]
    public int CompressionLevel { get; set; } = -1;
}

[OptionsValidator]
internal sealed partial class GrainStateOptionsValidator : IValidateOptions<GrainStateOptions>;
