namespace Pudong.Twin.Benchmarks.Scans;

/// <summary>The five questions as somebody would write them by hand over arrays, on two threads: fast, and good for these five questions only.</summary>
internal static class PlainLoops
{
    private const int Threads = 2;

    public static double CountWhere(City city, int kind, double risk, int town)
    {
        return Sum(range =>
        {
            var count = 0;
            for (var row = range.Start.Value; row < range.End.Value; row++)
            {
                if (city.Kind[row] == kind && city.Risk[row] > risk && city.Town[row] == town)
                {
                    count++;
                }
            }

            return count;
        });
    }

    public static double CountByTown(City city, double risk)
    {
        var counts = Collect(range =>
        {
            var own = new long[City.Towns];
            for (var row = range.Start.Value; row < range.End.Value; row++)
            {
                if (city.Risk[row] > risk)
                {
                    own[city.Town[row]]++;
                }
            }

            return own;
        });
        return counts.Sum(own => own.Sum());
    }

    public static double TopByRisk(City city, int limit)
    {
        var tops = Collect(range =>
        {
            var top = new PriorityQueue<int, double>();
            for (var row = range.Start.Value; row < range.End.Value; row++)
            {
                if (top.Count < limit)
                {
                    top.Enqueue(row, city.Risk[row]);
                }
                else if (city.Risk[row] > city.Risk[top.Peek()])
                {
                    top.EnqueueDequeue(row, city.Risk[row]);
                }
            }

            return top;
        });
        return tops.SelectMany(top => top.UnorderedItems).Select(item => item.Priority).OrderDescending().Take(limit).Sum();
    }

    public static double CountInBox(City city, double west, double south, double east, double north, double low, double high)
    {
        return Sum(range =>
        {
            var count = 0;
            for (var row = range.Start.Value; row < range.End.Value; row++)
            {
                if (city.X[row] >= west && city.X[row] <= east && city.Y[row] >= south && city.Y[row] <= north && city.Load[row] >= low && city.Load[row] <= high)
                {
                    count++;
                }
            }

            return count;
        });
    }

    public static double MeanAndP95(City city)
    {
        const int Groups = City.Towns * 4;
        var parts = Collect(range =>
        {
            var values = new List<double>[Groups];
            for (var group = 0; group < Groups; group++)
            {
                values[group] = [];
            }

            for (var row = range.Start.Value; row < range.End.Value; row++)
            {
                values[(city.Town[row] * 4) + city.Kind[row]].Add(city.Risk[row]);
            }

            return values;
        });
        var result = 0.0;
        for (var group = 0; group < Groups; group++)
        {
            var all = parts.SelectMany(part => part[group]).ToArray();
            if (all.Length > 0)
            {
                Array.Sort(all);
                result += all.Sum() / all.Length + all[(int)Math.Ceiling(0.95 * all.Length) - 1];
            }
        }

        return result;
    }

    private static double Sum(Func<Range, int> count) => Collect(range => count(range)).Sum();

    private static T[] Collect<T>(Func<Range, T> work)
    {
        var results = new T[Threads];
        Parallel.For(0, Threads, thread => results[thread] = work((City.Rows / Threads * thread)..(City.Rows / Threads * (thread + 1))));
        return results;
    }
}
