namespace Pudong.Twin.Domain.Risk;

/// <summary>Likelihood and consequence together: what to look at first.</summary>
/// <remarks>RISK-MODEL.md, section 6, "Priority". Screens show likelihood and consequence apart.</remarks>
public static class Likelihood
{
    /// <summary>The number of rows of the matrix.</summary>
    public const int Classes = 5;

    /// <summary>The row of the 5 × 5 matrix: <c>min(4, floor(5r))</c>, 0 to 4; the column is <see cref="Consequence.Level"/>.</summary>
    /// <param name="risk"><c>r</c>, 0 to 1.</param>
    public static int ClassOf(double risk) => Math.Min(Classes - 1, (int)Math.Floor(Classes * risk));

    /// <summary>Priority: <c>100·r·C</c>, 0 to 100.</summary>
    /// <param name="risk"><c>r</c>, 0 to 1.</param>
    /// <param name="consequence"><c>C</c>.</param>
    public static double Priority(double risk, Consequence consequence) => 100 * risk * consequence.Value;
}
