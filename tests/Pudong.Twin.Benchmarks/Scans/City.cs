using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Benchmarks.Scans;

/// <summary>1.6 million made-up elements as plain arrays, the same whenever they are made: what the contenders are filled from.</summary>
internal sealed class City
{
    public const int Rows = 1_600_000;
    public const int Towns = 36;
    public const int Villages = 1_366;

    public static readonly string[] KindNames = ["sensor", "enterprise", "building", "village"];

    public static readonly Schema Schema = new(
        new Queryable("kind", QueryableType.Text),
        new Queryable("town", QueryableType.Text),
        new Queryable("village", QueryableType.Text),
        new Queryable("risk", QueryableType.Number),
        new Queryable("load", QueryableType.Number),
        new Queryable("changed", QueryableType.Timestamp),
        new Queryable("open", QueryableType.Boolean),
        new Queryable("place", QueryableType.Point));

    public readonly byte[] Kind = new byte[Rows];
    public readonly byte[] Town = new byte[Rows];
    public readonly ushort[] Village = new ushort[Rows];
    public readonly double[] Risk = new double[Rows];
    public readonly double[] Load = new double[Rows];
    public readonly long[] Changed = new long[Rows];
    public readonly bool[] Open = new bool[Rows];
    public readonly double[] X = new double[Rows];
    public readonly double[] Y = new double[Rows];

    public City()
    {
        var random = new Random(310115);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        for (var row = 0; row < Rows; row++)
        {
            // The proportions of the full profile: more than half are sensors, then enterprises, buildings, villages.
            var lot = random.NextDouble();
            Kind[row] = (byte)(lot < 0.58 ? 0 : lot < 0.89 ? 1 : lot < 0.998 ? 2 : 3);
            Village[row] = (ushort)random.Next(Villages);
            Town[row] = (byte)(Village[row] % Towns);
            Risk[row] = 100 * Math.Pow(random.NextDouble(), 3);
            Load[row] = random.NextDouble() * 10;
            Changed[row] = start + random.NextInt64(TimeSpan.TicksPerDay * 300);
            Open[row] = random.Next(10) == 0;
            X[row] = 121.45 + (random.NextDouble() * 0.55);
            Y[row] = 30.82 + (random.NextDouble() * 0.55);
        }
    }

    public static string TownCode(int town) => $"310115{town + 1:000}";

    public static string VillageCode(int village) => $"310115{(village % Towns) + 1:000}{(village / Towns) + 1:000}";

    /// <summary>The same rows in the table that is measured; the key of a row is its number.</summary>
    public ColumnTable<long> ToTable()
    {
        var table = new ColumnTable<long>(Schema);
        var values = new Value[Schema.Queryables.Length];
        using var batch = table.BeginBatch();
        for (var row = 0; row < Rows; row++)
        {
            values[0] = Value.Of(KindNames[Kind[row]]);
            values[1] = Value.Of(TownCode(Town[row]));
            values[2] = Value.Of(VillageCode(Village[row]));
            values[3] = Value.Of(Risk[row]);
            values[4] = Value.Of(Load[row]);
            values[5] = Value.OfTicks(Changed[row]);
            values[6] = Value.Of(Open[row]);
            values[7] = Value.Of(new Point(X[row], Y[row]));
            if (!table.TryInsert(row, values))
            {
                throw new InvalidOperationException($"Row {row} could not be inserted; the measurement is void.");
            }
        }

        return table;
    }
}
