using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Takes loads over to another package version.</summary>
/// <param name="Before">The numbers of the old package.</param>
/// <param name="After">The numbers of the new package.</param>
/// <param name="Activation">The activation time, in Unix milliseconds.</param>
/// <remarks>
/// RISK-MODEL.md, section 3, "Package change": loads whose half-life changes are first brought to the activation time with the old one; removed types end. Source and receivers
/// do the same to the same loads, and the source counts a new version, which overtakes what is still under way.
/// </remarks>
internal sealed record PackageChange(RiskParameters Before, RiskParameters After, long Activation)
{
    /// <summary>The loads under the new package; the same array when nothing changed.</summary>
    public ImmutableArray<Load> Of(ImmutableArray<Load> loads)
    {
        var next = loads;
        for (var i = loads.Length - 1; i >= 0; i--)
        {
            var load = loads[i];
            if (IsRemoved(load.Type))
            {
                next = next.RemoveAt(i);
            }
            else if (OldHalfLife(load.Type) is { } halfLife && load.At < Activation)
            {
                next = next.SetItem(i, load with { Amount = load.AmountAt(Activation, halfLife), At = Activation });
            }
        }

        return next;
    }

    /// <summary>The kept shares under the new package; the same array when nothing changed.</summary>
    public ImmutableArray<KeptShare> Of(ImmutableArray<KeptShare> shares)
    {
        var next = shares;
        for (var i = shares.Length - 1; i >= 0; i--)
        {
            var share = shares[i];
            if (IsRemoved(share.Type))
            {
                next = next.RemoveAt(i);
            }
            else if (OldHalfLife(share.Type) is { } halfLife && share.At < Activation)
            {
                next = next.SetItem(i, share with { Amount = share.Amount * Decay.Factor(Activation - share.At, halfLife), At = Activation });
            }
        }

        return next;
    }

    /// <summary>The publications under the new package; a changed one counts as a new version.</summary>
    public ImmutableArray<PublishedLoads> Of(ImmutableArray<PublishedLoads> published)
    {
        var next = published;
        for (var i = 0; i < published.Length; i++)
        {
            var loads = Of(published[i].Loads);
            if (loads != published[i].Loads)
            {
                next = next.SetItem(i, published[i] with { Version = published[i].Version + 1, Loads = loads });
            }
        }

        return next;
    }

    private bool IsRemoved(ushort type) => Before.Find(type) is not null && After.Find(type) is null;

    // Null when the half-life stays.
    private double? OldHalfLife(ushort type) =>
        Before.Find(type) is { } before && After.Find(type) is { } after && before.HalfLifeHours != after.HalfLifeHours ? before.HalfLifeHours : null;
}
