using System.Collections.Concurrent;

namespace Pudong.Twin.Query.Columns;

/// <summary>The distinct texts of a column, numbered from 0 in the order they first came; entries are only ever added.</summary>
/// <remarks>A table, its versions and its forks share one dictionary: an entry that another has added is only a code that does not occur here.</remarks>
internal sealed class TextDictionary(int limit)
{
    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Lock _growing = new();
    private string[] _texts = new string[16];
    private int _count;

    /// <summary>Number of entries; codes below it can be read.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The text of a code.</summary>
    public string this[int code] => Volatile.Read(ref _texts)[code];

    /// <summary>Finds the code of a text that is there.</summary>
    public bool TryGetCode(string text, out int code) => _codes.TryGetValue(text, out code);

    /// <summary>Finds or gives the code of a text.</summary>
    /// <exception cref="InvalidOperationException">The dictionary is full.</exception>
    public int CodeOf(string text) => _codes.TryGetValue(text, out var code) ? code : Add(text);

    private int Add(string text)
    {
        lock (_growing)
        {
            if (_codes.TryGetValue(text, out var code))
            {
                return code;
            }

            if (_count == limit)
            {
                throw new InvalidOperationException(
                    $"A text column has more than {limit} different values; mark its queryable as Distinct, so that it is kept without a dictionary.");
            }

            if (_count == _texts.Length)
            {
                var grown = new string[Math.Min(limit, _texts.Length * 2)];
                _texts.CopyTo(grown, 0);
                Volatile.Write(ref _texts, grown);
            }

            code = _count;
            _texts[code] = text;
            Volatile.Write(ref _count, code + 1);
            _codes[text] = code;
            return code;
        }
    }
}
