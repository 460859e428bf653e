using System.Numerics;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>Exponentials and logarithms to 200 bits behind the point, in whole numbers: the yardstick of the kernel's own.</summary>
internal static class HighPrecision
{
    private const int Bits = 200;

    private static readonly BigInteger One = BigInteger.One << Bits;
    private static readonly BigInteger Ln2 = TwiceArtanh(One / 3);

    /// <summary>The distance of a result from e^x, in units of its last place.</summary>
    public static double ErrorOfExp(double x, double result) => ErrorOf(result, FixedOf(x, 0));

    /// <summary>The distance of a result from 2^x, in units of its last place.</summary>
    public static double ErrorOfExp2(double x, double result) => ErrorOf(result, (FixedOf(x, 0) * Ln2) >> Bits);

    /// <summary>The distance of a result from ln x, in units of its last place.</summary>
    public static double ErrorOfLn(double x, double result)
    {
        var k = Math.ILogB(x);
        var m = FixedOf(x, -k);
        var exact = (k * Ln2) + TwiceArtanh(((m - One) << Bits) / (m + One));
        return Units(FixedOf(result, 0) - exact, result, 0);
    }

    // e^y for y = k·ln 2 + r, compared before scaling so that no bit is lost.
    private static double ErrorOf(double result, BigInteger y)
    {
        var k = (int)BigInteger.Divide(y + (y.Sign * (Ln2 >> 1)), Ln2);
        var r = y - (k * Ln2);
        var (sum, term) = (One, One);
        for (var n = 1; !term.IsZero; n++)
        {
            term = ((term * r) >> Bits) / n;
            sum += term;
        }

        return Units(FixedOf(result, -k) - sum, result, -k);
    }

    // 2·artanh(s) for 0 <= |s| < 1 in fixed point.
    private static BigInteger TwiceArtanh(BigInteger s)
    {
        var square = (s * s) >> Bits;
        var (sum, power) = (BigInteger.Zero, s);
        for (var n = 1; !power.IsZero && power != BigInteger.MinusOne; n += 2)
        {
            sum += power / n;
            power = (power * square) >> Bits;
        }

        return sum * 2;
    }

    // A double times 2^shift in fixed point.
    private static BigInteger FixedOf(double value, int shift)
    {
        var (mantissa, exponent) = Parts(value);
        var by = exponent + shift + Bits;
        return by >= 0 ? mantissa << by : mantissa >> -by;
    }

    private static double Units(BigInteger difference, double result, int shift)
    {
        var (_, exponent) = Parts(result);
        var unit = exponent + shift + Bits;
        return (double)BigInteger.Abs(difference) / Math.Pow(2, unit);
    }

    private static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0x000F_FFFF_FFFF_FFFF;
        var signed = bits < 0 ? -1 : 1;
        return exponent == 0 ? (signed * mantissa, -1_074) : (signed * (mantissa | (1L << 52)), exponent - 1_075);
    }
}
