using System.Collections.Immutable;
using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>How much of one type of evidence the members of an area hold together, uncapped.</summary>
/// <param name="Type">The index of the evidence type.</param>
/// <param name="Amount">The sum as of <paramref name="At"/>, in nats.</param>
/// <param name="At">The anchor time, in Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("pudong.type-pressure")]
public readonly record struct TypePressure([property: Id(0)] ushort Type, [property: Id(1)] double Amount, [property: Id(2)] long At);

/// <summary>The pressure on an area, by evidence type: the sum of its members' accumulated loads.</summary>
/// <param name="Types">The sums, sorted by type.</param>
/// <remarks>
/// RISK-MODEL.md, section 7. Each change of a member's load is added as <c>ΔA</c> at <c>u'</c>. Equal half-lives decay together, so the accumulator equals the members' sum at every
/// later time, and the partial sums of partitions add. Pressure is not a risk.
/// </remarks>
[GenerateSerializer, Immutable, Alias("pudong.area-pressure")]
public sealed record AreaPressure([property: Id(0)] ImmutableArray<TypePressure> Types)
{
    /// <summary>No pressure.</summary>
    public static readonly AreaPressure None = new([]);

    /// <summary>Adds what an event changed in the loads of one member.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="before">The member's loads before the event; empty for a member that enters the area.</param>
    /// <param name="after">The member's loads after the event; empty for a member that leaves the area.</param>
    public AreaPressure After(RiskParameters parameters, ImmutableArray<Load> before, ImmutableArray<Load> after)
    {
        var sum = this;
        for (var (i, j) = (0, 0); i < before.Length || j < after.Length;)
        {
            var order = i == before.Length ? 1 : j == after.Length ? -1 : before[i].Type.CompareTo(after[j].Type);
            Load? old = order <= 0 ? before[i++] : null;
            Load? now = order >= 0 ? after[j++] : null;
            if (old != now)
            {
                sum = sum.Changed(parameters, old, now);
            }
        }

        return sum;
    }

    /// <summary>Adds the pressure of another partition on the same area.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="other">The other partial sum.</param>
    public AreaPressure Plus(RiskParameters parameters, AreaPressure other)
    {
        var sum = this;
        foreach (var part in other.Types)
        {
            sum = sum.Added(parameters, part.Type, part.Amount, part.At);
        }

        return sum;
    }

    /// <summary>The pressure of one type at a time, in nats; before its anchor as at the anchor.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="type">The index of the type.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public double At(RiskParameters parameters, ushort type, long time) =>
        Find(type) is var place and >= 0 && parameters.Find(type) is { } known ? Types[place].Amount * Decay.Factor(time - Types[place].At, known.HalfLifeHours) : 0;

    /// <summary>Takes the sums over to another package, as the members' loads are.</summary>
    /// <param name="before">The numbers of the old package.</param>
    /// <param name="after">The numbers of the new package.</param>
    /// <param name="activation">The activation time, in Unix milliseconds.</param>
    public AreaPressure ChangePackage(RiskParameters before, RiskParameters after, long activation)
    {
        var types = Types.RemoveAll(part => before.Find(part.Type) is not null && after.Find(part.Type) is null);
        for (var i = 0; i < types.Length; i++)
        {
            var part = types[i];
            if (before.Find(part.Type) is { } old && after.Find(part.Type) is { } now && old.HalfLifeHours != now.HalfLifeHours && part.At < activation)
            {
                types = types.SetItem(i, part with { Amount = part.Amount * Decay.Factor(activation - part.At, old.HalfLifeHours), At = activation });
            }
        }

        return new AreaPressure(types);
    }

    private AreaPressure Changed(RiskParameters parameters, Load? old, Load? now)
    {
        var type = (now ?? old)!.Value.Type;
        if (parameters.Find(type) is not { } known)
        {
            return this;
        }

        var at = (now ?? old)!.Value.At;
        return Added(parameters, type, (now?.Amount ?? 0) - (old?.AmountAt(at, known.HalfLifeHours) ?? 0), at);
    }

    private AreaPressure Added(RiskParameters parameters, ushort type, double change, long at)
    {
        var place = Find(type);
        if (place < 0)
        {
            return new AreaPressure(Types.Insert(~place, new TypePressure(type, change, at)));
        }

        if (parameters.Find(type) is not { } known)
        {
            return this;
        }

        var part = Types[place];
        var anchor = Math.Max(part.At, at);
        var amount = (part.Amount * Decay.Factor(anchor - part.At, known.HalfLifeHours)) + (change * Decay.Factor(anchor - at, known.HalfLifeHours));
        return new AreaPressure(Types.SetItem(place, new TypePressure(type, amount, anchor)));
    }

    private int Find(ushort type)
    {
        for (var i = 0; i < Types.Length; i++)
        {
            if (Types[i].Type >= type)
            {
                return Types[i].Type == type ? i : ~i;
            }
        }

        return ~Types.Length;
    }
}
