namespace Pudong.Twin.Domain.Sensing;

/// <summary>The readings of one stretch of time, summed up.</summary>
/// <param name="Index">Which stretch: the time divided by its length, rounded down. So stretches begin at the same moments everywhere.</param>
/// <param name="Count">How many readings, 1 or more.</param>
/// <param name="Sum">Their sum, in the reading's unit.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public readonly record struct Bucket(long Index, int Count, double Sum, double Minimum, double Maximum)
{
    /// <summary>The mean of the readings.</summary>
    public double Mean => Sum / Count;

    /// <summary>A stretch with one reading.</summary>
    /// <param name="index">Which stretch.</param>
    /// <param name="value">The measured number.</param>
    public static Bucket Of(long index, double value) => new(index, 1, value, value, value);

    /// <summary>The stretch with one more reading.</summary>
    /// <param name="value">The measured number.</param>
    public Bucket With(double value) => new(Index, Count + 1, Sum + value, Math.Min(Minimum, value), Math.Max(Maximum, value));

    /// <summary>Two stretches together.</summary>
    /// <param name="later">A later stretch; its index stays.</param>
    public Bucket Join(in Bucket later) =>
        new(later.Index, Count + later.Count, Sum + later.Sum, Math.Min(Minimum, later.Minimum), Math.Max(Maximum, later.Maximum));
}
