using DuckDB.NET.Data;

namespace Pudong.Twin.Benchmarks.Scans;

/// <summary>The same rows in DuckDB, in this process and in memory, with two threads.</summary>
internal sealed class DuckTable : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckTable(City city)
    {
        _connection.Open();
        Execute("SET threads = 2");
        Execute("CREATE TYPE kinds AS ENUM ('sensor', 'enterprise', 'building', 'village')");
        Execute("CREATE TABLE city (id BIGINT, kind kinds, town VARCHAR, village VARCHAR, risk DOUBLE, load DOUBLE, changed TIMESTAMP, open BOOLEAN, x DOUBLE, y DOUBLE)");
        using var appender = _connection.CreateAppender("city");
        for (var row = 0; row < City.Rows; row++)
        {
            appender.CreateRow()
                .AppendValue((long)row)
                .AppendValue(City.KindNames[city.Kind[row]])
                .AppendValue(City.TownCode(city.Town[row]))
                .AppendValue(City.VillageCode(city.Village[row]))
                .AppendValue(city.Risk[row])
                .AppendValue(city.Load[row])
                .AppendValue(new DateTime(city.Changed[row], DateTimeKind.Utc))
                .AppendValue(city.Open[row])
                .AppendValue(city.X[row])
                .AppendValue(city.Y[row])
                .EndRow();
        }
    }

    /// <summary>Prepares a query once; what is returned runs it, reads all of its rows and gives a sum over its number columns to compare answers by.</summary>
    public Func<double> Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Prepare();
        return () =>
        {
            using var reader = command.ExecuteReader();
            var sum = 0.0;
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    sum += reader.GetValue(column) is IConvertible number and not string ? Convert.ToDouble(number, null) : 0;
                }
            }

            return sum;
        };
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
