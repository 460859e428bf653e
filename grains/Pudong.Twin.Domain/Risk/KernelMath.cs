namespace Pudong.Twin.Domain.Risk;

/// <summary>The kernel's own <c>e^x</c>, <c>2^x</c> and <c>ln x</c>, each within one unit in the last place.</summary>
/// <remarks>
/// <para>
/// RISK-MODEL.md, section 8. System libraries differ in the last bit, and accumulators enter the state hash; here the same argument gives the same bits on every machine: plain
/// additions, multiplications and divisions of doubles, no fused multiply-add.
/// </para>
/// <para>
/// The method is that of fdlibm. Exponentials: <c>x = k·ln 2 + r</c> with <c>|r| ≤ ln 2 / 2</c>, and <c>e^r = 1 + r + r·c/(2 − c)</c>, where <c>c = r − r²·P(r²)</c> and <c>P</c>
/// approximates <c>(r·coth(r/2) − 2)/r²</c>. Logarithm: <c>x = 2^k·(1 + f)</c> with <c>1 + f</c> between <c>√½</c> and <c>√2</c>, <c>s = f/(2 + f)</c>, and
/// <c>ln(1 + f) = f − f²/2 + s·(f²/2 + R(s²))</c>, where <c>R</c> approximates <c>(2·artanh s − 2s)/s</c>. The coefficients interpolate these two functions in Chebyshev nodes,
/// computed with 300 bits; what they leave out is below 2⁻⁵⁶.
/// </para>
/// </remarks>
public static class KernelMath
{
    private const double Ln2 = 0.6931471805599453;
    private const double InverseLn2 = 1.4426950408889634;

    // ln 2 in two parts, the first of 32 bits: its product with an exponent is exact.
    private const double Ln2Head = 0.6931471803691238;
    private const double Ln2Tail = 1.9082149292705877e-10;

    // ln 2 in two parts, the first of 26 bits: its product with another number of 26 bits is exact.
    private const double Ln2ShortHead = 0.6931471675634384;
    private const double Ln2ShortTail = 1.2996506893889889e-08;

    // Keeps sign, exponent and the first 26 bits of a number.
    private const long ShortMask = unchecked((long)0xFFFF_FFFF_F800_0000);

    private const long MantissaMask = 0x000F_FFFF_FFFF_FFFF;
    private const long BitsOfOne = 0x3FF0_0000_0000_0000;
    private const int ExponentBias = 1_023;
    private const double SquareRootOf2 = 1.4142135623730951;

    /// <summary><c>e^x</c>.</summary>
    /// <param name="x">The exponent; above 709.8 the result is infinite, below −745.2 it is 0.</param>
    public static double Exp(double x)
    {
        if (!(x > -746 && x < 710))
        {
            return Extreme(x);
        }

        var k = Math.Floor((x * InverseLn2) + 0.5);
        return Scale(ExpOfSum(x - (k * Ln2Head), -(k * Ln2Tail)), (int)k);
    }

    /// <summary><c>2^x</c>; exact for whole numbers.</summary>
    /// <param name="x">The exponent; from 1,024 on the result is infinite, below −1,075 it is 0.</param>
    public static double Exp2(double x)
    {
        if (!(x > -1_076 && x < 1_024))
        {
            return Extreme(x);
        }

        var k = Math.Floor(x + 0.5);
        var fraction = x - k;
        var head = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(fraction) & ShortMask);
        return Scale(ExpOfSum(head * Ln2ShortHead, ((fraction - head) * Ln2) + (head * Ln2ShortTail)), (int)k);
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">A number; 0 gives negative infinity, a negative one NaN.</param>
    public static double Ln(double x)
    {
        if (!(x > 0 && x < double.PositiveInfinity))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        var k = 0;
        if (x < 2.2250738585072014e-308)
        {
            // Below the normal numbers the exponent does not say the size.
            x *= 1L << 54;
            k = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> 52) - ExponentBias;
        var m = BitConverter.Int64BitsToDouble((bits & MantissaMask) | BitsOfOne);
        if (m > SquareRootOf2)
        {
            m *= 0.5;
            k++;
        }

        var f = m - 1;
        var s = f / (2 + f);
        var z = s * s;
        var r = z * (0.666666666666667 + (z * (0.3999999999989938 + (z * (0.28571428626031065 + (z * (0.22222211125722807
            + (z * (0.18182889786191203 + (z * (0.15331699633539508 + (z * 0.14616721179907316))))))))))));
        var half = 0.5 * f * f;
        return (k * Ln2Head) - (half - ((s * (half + r)) + (k * Ln2Tail)) - f);
    }

    // e^(head + tail), where the tail is some bits below the head and their sum at most half of ln 2.
    private static double ExpOfSum(double head, double tail)
    {
        var r = head + tail;
        var t = r * r;
        var c = r - (t * (0.1666666666666666 + (t * (-0.0027777777777564404 + (t * (6.613756471622828e-05
            + (t * (-1.653406003383645e-06 + (t * 4.1437662804021675e-08)))))))));
        return 1 + (head + (tail + (r * c / (2 - c))));
    }

    private static double Scale(double value, int k)
    {
        if (k is >= -1_022 and <= 1_023)
        {
            return value * PowerOf2(k);
        }

        // In two steps, because the power alone would leave the range of numbers.
        return k > 0 ? value * 2 * PowerOf2(k - 1) : value * PowerOf2(k + 100) * PowerOf2(-100);
    }

    private static double PowerOf2(int k) => BitConverter.Int64BitsToDouble((long)(k + ExponentBias) << 52);

    private static double Extreme(double x) => double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : 0;
}
