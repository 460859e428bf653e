using System.Globalization;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Catalogue;

/// <summary>The event by which a partition learns of another package. It stands in the log of every partition, with the same id.</summary>
internal static class ActivationEvent
{
    // It names nothing that a package declares, so any package writes and reads it alike.
    private static readonly ModelPackage NoPackage = new(new PackageContent(new PackageVersion("pudong.catalogue", 0)));

    /// <summary>The event of an activation, ready to be appended.</summary>
    /// <param name="activation">The activation.</param>
    public static EventBatch Batch(PendingActivation activation)
    {
        var e = new TwinEvent(
            string.Create(CultureInfo.InvariantCulture, $"activation-{activation.Number}"),
            DerivedEvent.Source,
            "package-activated",
            ElementId.Of("package", activation.Version.Name),
            activation.At,
            new ActivationData(activation.Version, activation.Fingerprint));
        var writer = new EventBatch.Writer();
        writer.Begin();
        TwinEventCodec.Write(e, NoPackage, writer);
        return writer.ToBatch();
    }
}
