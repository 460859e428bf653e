namespace Pudong.Twin.Query.Texts;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The nearest of some names.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">The names that exist.</param>
    /// <returns>The name with the fewest changes; null when more than a third of the characters would have to change. Only case may differ in names of one or two.</returns>
    public static string? Of(string name, IEnumerable<string> names)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        string? nearest = null;
        var fewest = (name.Length / 3) + 1;
        foreach (var candidate in names)
        {
            if (Math.Abs(candidate.Length - name.Length) >= fewest)
            {
                continue;
            }

            // Another case is the likeliest slip, so it wins over any change of letters.
            var changes = string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase) ? 0 : Changes(name, candidate);
            if (changes < fewest)
            {
                (nearest, fewest) = (candidate, changes);
            }
        }

        return nearest;
    }

    // Optimal string alignment distance: insertions, deletions, replacements, and neighbours swapped.
    private static int Changes(string left, string right)
    {
        var before = new int[right.Length + 1];
        var above = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            above[column] = column;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }
}
