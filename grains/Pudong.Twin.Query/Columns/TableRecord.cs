using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Columns;

/// <summary>A row of a table as a record: what functions that read the whole record are given in a scan, so that they can find what belongs to the row.</summary>
public interface ITableRow : IRecord
{
    /// <summary>The table version.</summary>
    TableVersion Version { get; }

    /// <summary>The row's number in it.</summary>
    int Row { get; }
}

/// <summary>One row of a table version after another, as the record that expressions are evaluated on. For one thread at a time.</summary>
internal sealed class TableRecord : ITableRow
{
    public TableVersion Version { get; private set; } = null!;

    public int Row { get; set; }

    public Value this[int ordinal] => Version.Read(Row, ordinal);

    /// <summary>Reads rows of this version from now on.</summary>
    public void MoveTo(TableVersion version) => Version = version;
}
