using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans;

/// <summary>A filter made ready for the versions of some tables: a test for each, as their dictionaries differ.</summary>
internal sealed class ScanPlan
{
    private readonly BlockTest?[] _tests;

    private ScanPlan(IReadOnlyList<TableVersion> versions, BlockTest?[] tests)
    {
        Versions = versions;
        _tests = tests;
    }

    /// <summary>The tables that are read.</summary>
    public IReadOnlyList<TableVersion> Versions { get; }

    /// <summary>Plans a filter; null selects every row.</summary>
    /// <exception cref="QueryException">A table has another schema than the filter was bound to.</exception>
    public static ScanPlan For(IReadOnlyList<TableVersion> versions, Filter? filter, long nowTicks)
    {
        var tests = new BlockTest?[versions.Count];
        if (filter is not null)
        {
            for (var i = 0; i < tests.Length; i++)
            {
                if (!ReferenceEquals(versions[i].Schema, filter.Schema))
                {
                    throw new QueryException("The filter was bound to another schema than the table has; bind it to the table's schema.");
                }

                tests[i] = ScanPlanner.Plan(filter.Root, versions[i], nowTicks);
            }
        }

        return new ScanPlan(versions, tests);
    }

    /// <summary>Number of rows that a block holds for the filter, when its bounds alone tell; −1 when it has to be looked at.</summary>
    public int KnownCount(int table, int block) => _tests[table]?.Judge(Versions[table], block) switch
    {
        Verdict.None => 0,
        Verdict.Some => -1,
        _ => Versions[table].LiveCount(block),
    };

    /// <summary>Sets the bits of the rows that the filter selects.</summary>
    /// <returns>False when there is none; the mask is then undefined.</returns>
    public bool Select(int table, int block, Span<ulong> mask)
    {
        var version = Versions[table];
        var test = _tests[table];
        var verdict = test?.Judge(version, block) ?? Verdict.All;
        if (verdict == Verdict.None || version.LiveCount(block) == 0)
        {
            return false;
        }

        version.Live(block).CopyTo(mask);
        if (verdict == Verdict.Some)
        {
            test!.Narrow(version, block, mask);
        }

        return mask.ContainsAnyExcept(0UL);
    }
}
