namespace Pudong.Twin.Benchmarks;

/// <summary>How often and how long a benchmark measures, and where it prints and writes.</summary>
/// <param name="Output">Where the lines go.</param>
/// <param name="Rounds">How often each contender runs.</param>
/// <param name="Duration">How long one run takes.</param>
/// <param name="Folder">Where a benchmark makes its files, in a folder of its own that it deletes.</param>
internal sealed record Session(TextWriter Output, int Rounds, TimeSpan Duration, string Folder)
{
    /// <summary>Runs contenders in turn, round by round, so that a slow minute of the machine hits all of them, and prints medians.</summary>
    /// <param name="yardsticks">The figures that others of the same unit are compared with, at most one for each unit.</param>
    /// <param name="contenders">Each returns the figures of one run.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public async Task Compare(string[] yardsticks, Func<CancellationToken, Task<Figure[]>>[] contenders, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var measured = await contender(cancellationToken);
                // Round 0 warms up: code is compiled, files and pools grow to their size.
                figures.AddRange(round == 0 ? [] : measured);
            }
        }

        Print(figures, yardsticks);
    }

    /// <summary>Makes an empty folder for one run.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, $"benchmark-{Guid.NewGuid():N}")).FullName;

    private void Print(List<Figure> figures, string[] yardsticks)
    {
        var spreads = figures.GroupBy(figure => (figure.Name, figure.Unit))
            .Select(group => new Spread(group.Key.Name, group.Key.Unit, [.. group.Select(figure => figure.Value).Order()])).ToArray();
        var measures = spreads.Where(spread => yardsticks.Contains(spread.Name)).ToDictionary(spread => spread.Unit);
        Output.WriteLine($"  median of {Rounds} rounds (lowest to highest)");
        foreach (var spread in spreads)
        {
            var ratio = measures.TryGetValue(spread.Unit, out var measure) && measure != spread
                ? FormattableString.Invariant($"   {spread.Median / measure.Median:0.000} × {measure.Name}")
                : "";
            Output.WriteLine(FormattableString.Invariant(
                $"  {spread.Name,-44} {spread.Median,14:#,0.###} {spread.Unit,-9} ({spread.Values[0]:#,0.###} to {spread.Values[^1]:#,0.###}){ratio}"));
        }
    }

    private sealed record Spread(string Name, string Unit, double[] Values)
    {
        internal double Median => (Values[(Values.Length - 1) / 2] + Values[Values.Length / 2]) / 2;
    }
}

/// <summary>What one run has measured.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what, for example <c>events/s</c>.</param>
internal readonly record struct Figure(string Name, double Value, string Unit);
