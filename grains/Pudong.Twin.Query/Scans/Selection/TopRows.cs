namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>A row that may be on the page, with the rank of its first sort value.</summary>
internal readonly record struct Candidate(long Rank, int Table, int Row);

/// <summary>The first rows in an order, of all that were offered: a heap whose root is the last of them.</summary>
/// <param name="limit">How many rows to keep.</param>
/// <param name="order">The whole order.</param>
internal sealed class TopRows(int limit, IComparer<Candidate> order)
{
    private readonly List<Candidate> _heap = new(Math.Min(limit, 1_024));

    /// <summary>The candidates, in no order.</summary>
    public IReadOnlyList<Candidate> Candidates => _heap;

    /// <summary>A rank above this one has no place any more.</summary>
    public long Worst => _heap.Count < limit ? SortRank.Last : limit == 0 ? long.MinValue : _heap[0].Rank;

    /// <summary>Keeps a row if it is among the first ones so far.</summary>
    public void Offer(Candidate candidate)
    {
        if (_heap.Count < limit)
        {
            _heap.Add(candidate);
            Rise(_heap.Count - 1);
        }
        else if (limit > 0 && order.Compare(candidate, _heap[0]) < 0)
        {
            _heap[0] = candidate;
            Sink();
        }
    }

    private void Rise(int place)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (order.Compare(_heap[place], _heap[parent]) <= 0)
            {
                return;
            }

            (_heap[place], _heap[parent]) = (_heap[parent], _heap[place]);
            place = parent;
        }
    }

    private void Sink()
    {
        var place = 0;
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= _heap.Count)
            {
                return;
            }

            if (child + 1 < _heap.Count && order.Compare(_heap[child + 1], _heap[child]) > 0)
            {
                child++;
            }

            if (order.Compare(_heap[child], _heap[place]) <= 0)
            {
                return;
            }

            (_heap[place], _heap[child]) = (_heap[child], _heap[place]);
            place = child;
        }
    }
}
