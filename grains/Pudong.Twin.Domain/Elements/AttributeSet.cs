using System.Buffers;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The attributes of an element in as few bytes as possible: a city keeps ten million of them and looks at one now and then; scans use columns.</summary>
/// <remarks>
/// One array of bytes: what one event observed together shares its time, source and key. Groups are in the order of time and key, and attributes in a group by ordinal,
/// so equal attributes have equal bytes. Six attributes of a sensor take about 110 bytes, where an array of values would take 400.
/// </remarks>
internal readonly struct AttributeSet
{
    private readonly byte[]? _bytes;

    private AttributeSet(byte[]? bytes) => _bytes = bytes;

    /// <summary>Whether nothing was observed.</summary>
    public bool IsEmpty => _bytes is null;

    /// <summary>Whether both are the very same bytes.</summary>
    /// <param name="other">Another set.</param>
    public bool IsSameAs(in AttributeSet other) => ReferenceEquals(_bytes, other._bytes);

    /// <summary>The bytes, for snapshots.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Makes a set.</summary>
    /// <param name="observed">What was observed, each attribute once, in any order.</param>
    public static AttributeSet Of(IReadOnlyCollection<ObservedValue> observed)
    {
        if (observed.Count == 0)
        {
            return default;
        }

        var bytes = new ArrayBufferWriter<byte>(256);
        var writer = new StateWriter(bytes, withPositions: true);
        foreach (var group in observed.GroupBy(value => (value.Time, value.Key.Value, value.Source)).OrderBy(group => (group.Key.Time, group.Key.Value)))
        {
            writer.Signed(group.Key.Time);
            writer.Bits(group.Key.Value);
            writer.Text(group.Key.Source);
            writer.Count(group.Count());
            foreach (var value in group.OrderBy(value => value.Ordinal))
            {
                writer.Count(value.Ordinal);
                ValueCodec.Write(writer, value.Value);
            }
        }

        return new AttributeSet(bytes.WrittenSpan.ToArray());
    }

    /// <summary>Takes over bytes of a snapshot.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidDataException">They are no attributes.</exception>
    public static AttributeSet OfBytes(byte[] bytes)
    {
        var set = new AttributeSet(bytes.Length == 0 ? null : bytes);
        _ = set.ToArray();
        return set;
    }

    /// <summary>The value of an attribute.</summary>
    /// <param name="ordinal">The attribute's ordinal.</param>
    /// <returns>The value; NULL when none was observed.</returns>
    public Value ValueOf(int ordinal)
    {
        var reader = new StateReader(_bytes);
        while (!reader.IsAtEnd)
        {
            SkipGroup(ref reader);
            for (var left = reader.Count(); left > 0; left--)
            {
                if (reader.Count() == ordinal)
                {
                    return ValueCodec.Read(ref reader);
                }

                ValueCodec.Skip(ref reader);
            }
        }

        return Value.Null;
    }

    /// <summary>All attributes by rising ordinal.</summary>
    public ImmutableArray<ObservedValue> ToArray()
    {
        var values = ImmutableArray.CreateBuilder<ObservedValue>();
        var reader = new StateReader(_bytes);
        while (!reader.IsAtEnd)
        {
            var time = reader.Signed();
            var key = new EventKey(reader.Bits());
            var source = reader.CommonText();
            for (var left = reader.Count(); left > 0; left--)
            {
                values.Add(new ObservedValue(reader.Count(), ValueCodec.Read(ref reader), time, source, key));
            }
        }

        values.Sort(static (x, y) => x.Ordinal.CompareTo(y.Ordinal));
        return values.DrainToImmutable();
    }

    private static void SkipGroup(ref StateReader reader)
    {
        reader.Signed();
        reader.Bits();
        reader.Skip();
    }
}
