using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Silo;

/// <summary>What storage a silo uses and how it is reached. Bound to the section <c>Twin</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>The folder of the SQLite file, absolute or relative to the working directory; it is created. Not used with Azure. Also <c>--data</c>.</summary>
    /// <value>The default is <c>data</c>.</value>
    [Required]
    public string Data { get; set; } = "data";

    /// <summary>Where events and states are kept. Also <c>--storage</c>.</summary>
    /// <value><c>sqlite</c> or <c>azure</c>. The default is <c>sqlite</c>.</value>
    [EnumDataType(typeof(StorageKind))]
    public StorageKind Storage { get; set; } = StorageKind.Sqlite;

    /// <summary>The port on 127.0.0.1 at which silos reach each other.</summary>
    /// <value>From 1 to 65,535. The default is 11,111.</value>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port on 127.0.0.1 at which Orleans clients reach the silo.</summary>
    /// <value>From 1 to 65,535. The default is 30,000.</value>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The name of the cluster, the same for its silos and clients.</summary>
    /// <value>The default is <c>pudong-twin</c>.</value>
    [Required]
    public string Cluster { get; set; } = "pudong-twin";
}

/// <summary>Where events and states are kept.</summary>
public enum StorageKind
{
    /// <summary>In one SQLite file of this process, which is a city of its own.</summary>
    Sqlite = 0,

    /// <summary>In an Azure Storage account; silos with the same account and cluster are one city.</summary>
    Azure = 1,
}

/// <summary>Refuses options out of range when the silo starts.</summary>
[OptionsValidator]
public sealed partial class SiloOptionsValidator : IValidateOptions<SiloOptions>;
