using System.Collections.Immutable;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>What a <see cref="Value"/> is.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing: unknown or missing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A double, never NaN.</summary>
    Number,

    /// <summary>Unicode text.</summary>
    Text,

    /// <summary>A UTC day.</summary>
    Date,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>A geometry in CRS84.</summary>
    Geometry,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>A length of time; only expressions have one, no queryable does.</summary>
    Duration,
}

/// <summary>A value of an expression or a record: a small tagged union, passed without allocation.</summary>
public readonly struct Value : IEquatable<Value>
{
    private readonly long _bits;
    private readonly object? _reference;

    private Value(ValueKind kind, long bits, object? reference)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>The value that is missing; also the default of the type.</summary>
    public static Value Null => default;

    /// <summary>What this is.</summary>
    public ValueKind Kind { get; }

    /// <summary>True when the value is missing.</summary>
    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>The truth value; only of a <see cref="ValueKind.Boolean"/>.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>The integer; the days since 0001-01-01 of a date; the UTC ticks (100 ns) of a timestamp; the ticks of a duration.</summary>
    public long Integer => _bits;

    /// <summary>The number of a <see cref="ValueKind.Number"/> or, converted, of an <see cref="ValueKind.Integer"/>.</summary>
    public double Number => Kind == ValueKind.Integer ? _bits : BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The text; null when the value is not a text.</summary>
    public string? Text => _reference as string;

    /// <summary>The geometry; null when the value is not a geometry.</summary>
    public Geometry? Geometry => _reference as Geometry;

    /// <summary>The items; empty when the value is not an array.</summary>
    public ImmutableArray<Value> Items => _reference is Value[] items ? System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items) : [];

    /// <summary>A truth value.</summary>
    /// <param name="value">True or false.</param>
    public static Value Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0, null);

    /// <summary>An integer.</summary>
    /// <param name="value">Any 64-bit integer.</param>
    public static Value Of(long value) => new(ValueKind.Integer, value, null);

    /// <summary>A number; NaN becomes <see cref="Null"/>, because it is no value, and −0 becomes 0, because it is no other value.</summary>
    /// <param name="value">Any double.</param>
    public static Value Of(double value) => double.IsNaN(value) ? default : new(ValueKind.Number, BitConverter.DoubleToInt64Bits(value + 0.0), null);

    /// <summary>A text; null becomes <see cref="Null"/>.</summary>
    /// <param name="value">Any text.</param>
    public static Value Of(string? value) => value is null ? default : new(ValueKind.Text, 0, value);

    /// <summary>A UTC day.</summary>
    /// <param name="value">The day.</param>
    public static Value Of(DateOnly value) => new(ValueKind.Date, value.DayNumber, null);

    /// <summary>An instant.</summary>
    /// <param name="value">Any instant; it is kept in UTC.</param>
    public static Value Of(DateTimeOffset value) => new(ValueKind.Timestamp, value.UtcTicks, null);

    /// <summary>A UTC day by its number.</summary>
    /// <param name="dayNumber">Days since 0001-01-01, as <see cref="DateOnly.DayNumber"/>.</param>
    public static Value OfDay(long dayNumber) => new(ValueKind.Date, dayNumber, null);

    /// <summary>An instant by its ticks.</summary>
    /// <param name="utcTicks">Ticks of 100 ns as <see cref="DateTime.Ticks"/>, UTC.</param>
    public static Value OfTicks(long utcTicks) => new(ValueKind.Timestamp, utcTicks, null);

    /// <summary>A length of time.</summary>
    /// <param name="ticks">Ticks of 100 ns; less than 0 for a time back.</param>
    public static Value OfDuration(long ticks) => new(ValueKind.Duration, ticks, null);

    /// <summary>A geometry; null becomes <see cref="Null"/>.</summary>
    /// <param name="value">Longitude and latitude (CRS84). Do not change it afterwards.</param>
    public static Value Of(Geometry? value) => value is null ? default : new(ValueKind.Geometry, 0, value);

    /// <summary>A list.</summary>
    /// <param name="items">The items.</param>
    public static Value Of(ImmutableArray<Value> items) =>
        new(ValueKind.Array, 0, System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(items) ?? []);

    /// <summary>True for the same kind and the same content; two NULLs are equal here, unlike in CQL2.</summary>
    /// <param name="other">The value to compare with.</param>
    public bool Equals(Value other) => Kind == other.Kind && _bits == other._bits && Kind switch
    {
        ValueKind.Text => string.Equals(Text, other.Text, StringComparison.Ordinal),
        ValueKind.Geometry => Geometry!.EqualsExact(other.Geometry),
        ValueKind.Array => Items.AsSpan().SequenceEqual(other.Items.AsSpan()),
        _ => true,
    };

    /// <inheritdoc cref="Equals(Value)"/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <summary>A hash of kind and content.</summary>
    public override int GetHashCode() => HashCode.Combine(Kind, _bits, Kind switch
    {
        ValueKind.Text => Text!.GetHashCode(StringComparison.Ordinal),
        ValueKind.Geometry => Geometry!.EnvelopeInternal.GetHashCode(),
        ValueKind.Array => Items.Length,
        _ => 0,
    });

    /// <summary>True for equal values.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>True for different values.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>The value as a person would write it, for messages and debugging.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Null => "NULL",
        ValueKind.Boolean => Boolean ? "TRUE" : "FALSE",
        ValueKind.Integer => _bits.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Number => Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Date => DateOnly.FromDayNumber((int)_bits).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Timestamp => new DateTime(_bits, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Array => $"({string.Join(", ", Items)})",
        ValueKind.Duration => System.Xml.XmlConvert.ToString(TimeSpan.FromTicks(_bits)),
        _ => _reference!.ToString()!,
    };
}
