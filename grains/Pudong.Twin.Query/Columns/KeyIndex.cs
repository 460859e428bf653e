using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pudong.Twin.Query.Columns;

/// <summary>Finds rows by key: open addressing with linear probing, in pages that versions and forks share until they are written.</summary>
/// <remarks>
/// A slot is one integer, 0 for empty, else six bits of the key's hash and the row number plus one; so a key is looked at only where a
/// row is probably meant, and the index costs 4 bytes a slot. Deleting moves later entries up, so no tombstones slow a table that changes much.
/// </remarks>
internal sealed class KeyIndex<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    /// <summary>Rows that a slot can number; reaching it is refused by the table.</summary>
    public const int RowLimit = (1 << RowBits) - 1;

    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15UL;
    private const int RowBits = 26;
    private const int PageShift = 10;
    private const int PageSlots = 1 << PageShift;

    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private Page[] _pages;
    private int _count;
    private long _stamp;
    private bool _ownsPages;

    /// <summary>An empty index.</summary>
    public KeyIndex()
        : this([new Page()], 0)
    {
    }

    private KeyIndex(Page[] pages, int count)
    {
        _pages = pages;
        _count = count;
    }

    private uint Slots => (uint)_pages.Length << PageShift;

    /// <summary>A hash of a key over all 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HashOf(TKey key)
    {
        // The hash of integers hardly spreads, and that of text takes longer than the lookup itself.
        var hash = typeof(TKey) == typeof(string) ? HashOf(Unsafe.As<TKey, string>(ref key)) : (ulong)(uint)key.GetHashCode() * Multiplier;
        return (uint)(hash >> 32) ^ (uint)(hash >> 11);
    }

    /// <summary>An index that shares all pages; from now on both copy a page before they write to it.</summary>
    /// <param name="stamp">A number that no index has written under.</param>
    public KeyIndex<TKey> Share(long stamp)
    {
        _stamp = stamp;
        _ownsPages = false;
        return new KeyIndex<TKey>(_pages, _count);
    }

    /// <summary>Lets the index write, under a stamp of its own.</summary>
    public void Own(long stamp)
    {
        _stamp = stamp;
        _ownsPages = false;
    }

    /// <summary>The first slot of a key's probe sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint HomeOf(uint hash) => (uint)(((ulong)hash * Slots) >> 32);

    /// <summary>What a slot holds; loading it early hides the time that memory takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek(uint slot) => _pages[slot >> PageShift].Slots[slot & (PageSlots - 1)];

    /// <summary>The row that a slot names; only meaningful for a slot that is not empty.</summary>
    public static int RowIn(int slot) => (slot & RowLimit) - 1;

    /// <summary>Finds the row of a key.</summary>
    /// <returns>The row, or −1.</returns>
    public int Find(RowBlock<TKey>[] rows, TKey key, uint hash)
    {
        var tag = TagOf(hash);
        for (var slot = HomeOf(hash); ; slot = Next(slot))
        {
            var entry = Peek(slot);
            if (entry == 0)
            {
                return -1;
            }

            if ((entry & ~RowLimit) == tag)
            {
                var row = RowIn(entry);
                if (rows[row >> ColumnBlock.Shift].Keys[row & (ColumnBlock.Rows - 1)].Equals(key))
                {
                    return row;
                }
            }
        }
    }

    /// <summary>Adds a key that is not there.</summary>
    public void Add(RowBlock<TKey>[] rows, uint hash, int row)
    {
        if (_count + 1 > Slots / 5 * 4)
        {
            Grow(rows);
        }

        Place(hash, row);
        _count++;
    }

    /// <summary>Removes a key that is there.</summary>
    public void Remove(RowBlock<TKey>[] rows, uint hash, int row)
    {
        var hole = HomeOf(hash);
        var entry = TagOf(hash) | (row + 1);
        while (Peek(hole) != entry)
        {
            hole = Next(hole);
        }

        // What comes behind moves up where its probe sequence passes the hole.
        for (var slot = Next(hole); Peek(slot) is var moving and not 0; slot = Next(slot))
        {
            var home = HomeOf(HashOf(KeyOf(rows, RowIn(moving))));
            if (Distance(home, slot) >= Distance(hole, slot))
            {
                Write(hole, moving);
                hole = slot;
            }
        }

        Write(hole, 0);
        _count--;
    }

    // Seeded anew by every process, because keys come from outside and must not be made to collide.
    private static ulong HashOf(string text)
    {
        var hash = Seed ^ (ulong)text.Length;
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(bytes));
        }

        var rest = 0UL;
        foreach (var one in bytes)
        {
            rest = rest << 8 | one;
        }

        return Mix(hash, rest);
    }

    private static ulong Mix(ulong hash, ulong next)
    {
        var high = Math.BigMul(hash ^ next, Multiplier, out var low);
        return high ^ low;
    }

    private static int TagOf(uint hash) => (int)(hash << RowBits);

    private static TKey KeyOf(RowBlock<TKey>[] rows, int row) => rows[row >> ColumnBlock.Shift].Keys[row & (ColumnBlock.Rows - 1)];

    private uint Next(uint slot) => slot + 1 == Slots ? 0 : slot + 1;

    private uint Distance(uint from, uint to) => to >= from ? to - from : to + Slots - from;

    private void Place(uint hash, int row)
    {
        var slot = HomeOf(hash);
        while (Peek(slot) != 0)
        {
            slot = Next(slot);
        }

        Write(slot, TagOf(hash) | (row + 1));
    }

    private void Write(uint slot, int entry)
    {
        var number = slot >> PageShift;
        if (_pages[number].Stamp != _stamp)
        {
            if (!_ownsPages)
            {
                _pages = (Page[])_pages.Clone();
                _ownsPages = true;
            }

            _pages[number] = new Page((int[])_pages[number].Slots.Clone()) { Stamp = _stamp };
        }

        _pages[number].Slots[slot & (PageSlots - 1)] = entry;
    }

    private void Grow(RowBlock<TKey>[] rows)
    {
        var old = _pages;
        // A slot beyond every power of two: pages come in any number, so a table never holds much more index than it needs.
        _pages = new Page[old.Length + Math.Max(1, old.Length / 2)];
        _ownsPages = true;
        for (var number = 0; number < _pages.Length; number++)
        {
            _pages[number] = new Page { Stamp = _stamp };
        }

        foreach (var page in old)
        {
            foreach (var entry in page.Slots)
            {
                if (entry != 0)
                {
                    var row = RowIn(entry);
                    Place(HashOf(KeyOf(rows, row)), row);
                }
            }
        }
    }

    private sealed class Page(int[] slots)
    {
        public readonly int[] Slots = slots;

        public long Stamp;

        public Page()
            : this(new int[PageSlots])
        {
        }
    }
}
