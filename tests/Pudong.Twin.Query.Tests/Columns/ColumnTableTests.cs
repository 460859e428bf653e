using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Columns;

public sealed class ColumnTableTests
{
    private enum Act
    {
        Insert,
        UpdateRow,
        UpdateValue,
        Delete,
        Snapshot,
        Fork,
    }

    private static readonly Gen<(Act Act, long Key, ImmutableArray<Value> Row, int Ordinal)[]> Acts = Gen.Select(
        Gen.Frequency((5, Act.Insert), (3, Act.UpdateRow), (5, Act.UpdateValue), (3, Act.Delete), (1, Act.Snapshot), (1, Act.Fork)),
        Gen.Long[0, 40],
        AnyCity.Row,
        Gen.Int[0, AnyCity.Schema.Queryables.Length - 1]).Array[0, 120];

    [Fact]
    public void Write_AnyActs_LeavesEveryVersionAndForkAsItWasTaken() => Acts.Sample(
        acts =>
        {
            var table = new ColumnTable<long>(AnyCity.Schema);
            var model = ImmutableDictionary<long, ImmutableArray<Value>>.Empty;
            var taken = new List<(TableVersion<long> Version, ImmutableDictionary<long, ImmutableArray<Value>> Model)>();
            foreach (var (act, key, row, ordinal) in acts)
            {
                switch (act)
                {
                    case Act.Insert:
                        Assert.Equal(!model.ContainsKey(key), table.TryInsert(key, row.AsSpan()));
                        model = model.ContainsKey(key) ? model : model.Add(key, row);
                        break;
                    case Act.UpdateRow:
                        Assert.Equal(model.ContainsKey(key), table.Update(key, row.AsSpan()));
                        model = model.ContainsKey(key) ? model.SetItem(key, row) : model;
                        break;
                    case Act.UpdateValue:
                        Assert.Equal(model.ContainsKey(key), table.Update(key, ordinal, row[ordinal]));
                        model = model.TryGetValue(key, out var known) ? model.SetItem(key, known.SetItem(ordinal, row[ordinal])) : model;
                        break;
                    case Act.Delete:
                        Assert.Equal(model.ContainsKey(key), table.Delete(key));
                        model = model.Remove(key);
                        break;
                    case Act.Snapshot:
                        taken.Add((table.Snapshot(), model));
                        break;
                    default:
                        // The old table goes on being written to, and must not show through.
                        var fork = table.Fork();
                        table.TryInsert(1_000, row.AsSpan());
                        table.Update(key, row.AsSpan());
                        table = fork;
                        break;
                }
            }

            taken.Add((table.Snapshot(), model));
            Assert.All(taken, one => CheckEqual(one.Model, one.Version));
        },
        iter: 400);

    [Fact]
    public async Task Snapshot_WhileAWriterMovesLoads_AlwaysShowsWholeBatches()
    {
        const int Rows = 20_000;
        const int Batches = 3_000;
        var schema = new Schema(new Queryable("load", QueryableType.Number));
        var table = new ColumnTable<long>(schema);
        for (var key = 0; key < Rows; key++)
        {
            table.TryInsert(key, [Value.Of(100.0)]);
        }

        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            do
            {
                var version = table.Snapshot();
                Assert.Equal(Rows, version.Count);
                Assert.Equal(Rows * 100.0, version.Rows().Sum(row => version.Read(row, 0).Number));
            }
            while (!written.IsCancellationRequested);
        })).ToArray();

        var random = new Random(20_261_125);
        var loads = Enumerable.Repeat(100.0, Rows).ToArray();
        for (var batch = 0; batch < Batches; batch++)
        {
            var (from, to) = (random.Next(Rows), random.Next(Rows));
            using (table.BeginBatch())
            {
                table.Update(from, 0, Value.Of(--loads[from]));
                table.Update(to, 0, Value.Of(++loads[to]));
            }
        }

        await written.CancelAsync();
        await Task.WhenAll(readers);
        var last = table.Snapshot();
        Assert.Equal(loads, last.Rows().Select(row => last.Read(row, 0).Number));
    }

    [Fact]
    public void Fork_ReadAndWrittenOnOtherThreads_KeepsToItself()
    {
        var schema = new Schema(new Queryable("kind", QueryableType.Text), new Queryable("load", QueryableType.Number));
        var table = new ColumnTable<string>(schema);
        for (var key = 0; key < 10_000; key++)
        {
            table.TryInsert($"e{key}", [Value.Of("base"), Value.Of(0.0)]);
        }

        var forks = Enumerable.Range(1, 4).Select(number => (number, table.Fork())).ToList();
        Parallel.ForEach(forks, fork =>
        {
            for (var key = 0; key < 10_000; key += fork.number)
            {
                fork.Item2.Update($"e{key}", [Value.Of($"fork {fork.number} {key % 300}"), Value.Of((double)fork.number)]);
            }

            fork.Item2.Delete("e0");
        });

        Assert.All(forks, fork =>
        {
            var version = fork.Item2.Snapshot();
            var written = version.Rows().Where(row => version.Read(row, 1).Number > 0).ToList();
            Assert.Equal(9_999, version.Count);
            Assert.Equal((10_000 + fork.number - 1) / fork.number - 1, written.Count);
            Assert.All(written, row => Assert.StartsWith($"fork {fork.number} ", version.Read(row, 0).Text, StringComparison.Ordinal));
        });
        Assert.All(table.Snapshot().Rows(), row => Assert.Equal("base", table.Snapshot().Read(row, 0).Text));
    }

    [Fact]
    public void Fork_OfManyRows_CopiesNoBlock()
    {
        var table = Numbers(200_000);
        table.Fork();

        var before = GC.GetAllocatedBytesForCurrentThread();
        table.Fork();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_096);
    }

    [Fact]
    public void Snapshot_OfAnAgeThatIsAllowed_IsTheLastVersionAlsoAfterAWrite()
    {
        var table = new ColumnTable<long>(new Schema(new Queryable("risk", QueryableType.Number)));
        Assert.True(table.TryInsert(1, [Value.Of(45.0)]));
        var version = table.Snapshot();

        Assert.True(table.Update(1, 0, Value.Of(46.0)));

        Assert.Same(version, table.Snapshot(TimeSpan.FromHours(1)));
        Assert.Equal(46, table.Snapshot(TimeSpan.Zero).Read(table.RowOf(1), 0).Number);
        Assert.Equal(45, version.Read(0, 0).Number);
    }

    [Fact]
    public void Snapshot_WithNothingWrittenSince_IsTheSameVersion()
    {
        var table = Numbers(10);
        var version = table.Snapshot();

        Assert.Same(version, table.Snapshot());
        table.Update(3, 0, Value.Of(7.0));
        Assert.NotSame(version, table.Snapshot());
    }

    [Fact]
    public void TryFind_InAVersion_KnowsTheKeysOfItsTime()
    {
        var table = Numbers(5_000);
        var version = table.Snapshot();
        table.Delete(4_321);
        table.TryInsert(9_999, [Value.Of(1.0)]);

        Assert.True(version.TryFind(4_321, out var row));
        Assert.Equal((4_321, 4_321.0), (version.KeyOf(row), version.Read(row, 0).Number));
        Assert.False(version.TryFind(9_999, out _));
        Assert.False(table.Snapshot().TryFind(4_321, out _));
        Assert.True(table.Snapshot().TryFind(9_999, out _));
    }

    [Fact]
    public void UpdateNumbers_OfManyKeys_WritesThoseThatAreThere()
    {
        var table = Numbers(1_000);
        long[] keys = [.. Enumerable.Range(900, 200).Select(key => (long)key)];

        var found = table.UpdateNumbers(keys, 0, [.. keys.Select(key => key == 950 ? double.NaN : -key)]);

        var version = table.Snapshot();
        Assert.Equal(100, found);
        Assert.All(version.Rows(), row => Assert.Equal(version.KeyOf(row) switch
        {
            950 => Value.Null,
            >= 900 and var key => Value.Of((double)-key),
            var key => Value.Of((double)key),
        }, version.Read(row, 0)));
    }

    [Fact]
    public void SetByRow_OfARowThatExists_Writes()
    {
        var table = new ColumnTable<long>(AnyCity.Schema);
        table.TryInsert(7, AnyCity.Schema.Queryables.Select(_ => Value.Null).ToArray());
        var row = table.RowOf(7);

        table.SetNumber(row, AnyCity.Schema.OrdinalOf("risk"), 4.5);
        table.SetPoint(row, AnyCity.Schema.OrdinalOf("place"), 121.5, 31.2);
        table.SetValue(row, AnyCity.Schema.OrdinalOf("kind"), Value.Of("sensor"));

        var version = table.Snapshot();
        Assert.Equal(Value.Of(4.5), version.Read(row, AnyCity.Schema.OrdinalOf("risk")));
        Assert.Equal(121.5, version.Read(row, AnyCity.Schema.OrdinalOf("place")).Geometry!.Coordinate.X);
        Assert.Equal("sensor", version.Read(row, AnyCity.Schema.OrdinalOf("kind")).Text);
        Assert.Equal(-1, table.RowOf(8));
    }

    [Fact]
    public void Write_WhatDoesNotFit_SaysWhatWouldAndChangesNothing()
    {
        var table = new ColumnTable<long>(AnyCity.Schema);
        var row = AnyCity.Schema.Queryables.Select(_ => Value.Null).ToArray();
        table.TryInsert(1, row);
        row[2] = Value.Of("high");

        Refuses("The column 'risk' holds values of type Number, and high is of kind Text.", () => table.TryInsert(2, row));
        Refuses("The row has 1 values and the table 13 columns; give one for each.", () => table.TryInsert(2, [Value.Null]));
        Refuses("The table has no column 13; its ordinals go from 0 to 12.", () => table.Update(1, 13, Value.Null));
        Refuses("The table has no row 5; ask for the number of a row by its key.", () => table.SetNumber(5, 2, 1));
        Refuses("The column 'kind' holds values of type Text; this method writes to a column of type Number.", () => table.SetNumber(0, 0, 1));
        Refuses("There are 1 values for 2 keys; give one for each.", () => table.UpdateNumbers([1, 2], 2, [1]));
        Refuses("The column 'floors' holds values of type Integer, and 0.5 is of kind Number.", () => table.Update(1, 4, Value.Of(0.5)));
        Assert.Equal(1, table.Count);
        Assert.All(AnyCity.Schema.Queryables, (_, ordinal) => Assert.True(table.Snapshot().Read(0, ordinal).IsNull));
    }

    [Fact]
    public void TryInsert_OfMoreTextsThanTheDictionaryTakes_IsRefused()
    {
        var table = new ColumnTable<long>(new Schema(new Queryable("kind", QueryableType.Text)), new ColumnTableOptions { DictionaryEntries = 2 });
        table.TryInsert(1, [Value.Of("a")]);
        table.TryInsert(2, [Value.Of("b")]);

        var refusal = Assert.Throws<InvalidOperationException>(() => table.TryInsert(3, [Value.Of("c")]));

        Assert.StartsWith("A text column has more than 2 different values", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, table.Snapshot().Count);
    }

    [Fact]
    public void BeginBatch_InABatch_IsRefused()
    {
        var table = Numbers(1);
        using (table.BeginBatch())
        {
            Assert.Throws<InvalidOperationException>(table.BeginBatch);
            Assert.Throws<InvalidOperationException>(table.Snapshot);
            Assert.Throws<InvalidOperationException>(table.Fork);
        }

        Assert.Equal(1, table.Snapshot().Count);
    }

    private static ColumnTable<long> Numbers(int count)
    {
        var table = new ColumnTable<long>(new Schema(new Queryable("x", QueryableType.Number)));
        for (var key = 0; key < count; key++)
        {
            table.TryInsert(key, [Value.Of((double)key)]);
        }

        return table;
    }

    private static void Refuses(string message, Action write) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(write).Message, StringComparison.Ordinal);

    private static void CheckEqual(ImmutableDictionary<long, ImmutableArray<Value>> model, TableVersion<long> version)
    {
        Assert.Equal(model.Count, version.Count);
        Assert.Equal(model.Count, version.Rows().Count());
        foreach (var row in version.Rows())
        {
            var expected = model[version.KeyOf(row)];
            Assert.True(version.TryFind(version.KeyOf(row), out var found) && found == row);
            for (var ordinal = 0; ordinal < expected.Length; ordinal++)
            {
                Assert.Equal(expected[ordinal], version.Read(row, ordinal));
            }
        }
    }
}
