using System.Buffers;
using System.Buffers.Binary;

namespace Pudong.Twin.Grains.Events;

/// <summary>Encoded events to be appended together.</summary>
/// <remarks>Its bytes are the events back to back, each led by its length as a little-endian 32-bit number: the form in which the log keeps them.</remarks>
public sealed class EventBatch
{
    internal const int LengthSize = sizeof(int);

    /// <summary>Takes bytes over as a batch.</summary>
    /// <param name="bytes">Events, each led by its length. Do not change them afterwards.</param>
    /// <param name="count">How many events there are, at least one.</param>
    /// <exception cref="ArgumentException">The lengths do not add up to the bytes, or there is no event.</exception>
    public EventBatch(ReadOnlyMemory<byte> bytes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (!EventEntries.Matches(bytes.Span, count))
        {
            throw new ArgumentException($"The {bytes.Length} bytes are not {count} events, each led by its length.", nameof(bytes));
        }

        Bytes = bytes;
        Count = count;
    }

    private EventBatch(ReadOnlyMemory<byte> bytes, int count, bool _)
    {
        Bytes = bytes;
        Count = count;
    }

    /// <summary>The events, each led by its length.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many events there are, at least one.</summary>
    public int Count { get; }

    /// <summary>The events, without their lengths.</summary>
    public EventEntries Entries => new(Bytes.Span);

    /// <summary>Writes a batch event by event, without a buffer for each.</summary>
    public sealed class Writer : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(4_096);
        private readonly List<int> _starts = [];

        /// <summary>How many events were begun.</summary>
        public int Count => _starts.Count;

        /// <summary>How many bytes were written, lengths included.</summary>
        public int Length => _buffer.WrittenCount;

        /// <summary>Begins an event; what is written from here on belongs to it.</summary>
        public void Begin()
        {
            _starts.Add(_buffer.WrittenCount);
            _buffer.GetSpan(LengthSize)[..LengthSize].Clear();
            _buffer.Advance(LengthSize);
        }

        /// <summary>Writes a whole event.</summary>
        /// <param name="entry">Its bytes.</param>
        public void Add(ReadOnlySpan<byte> entry)
        {
            Begin();
            _buffer.Write(entry);
        }

        /// <inheritdoc/>
        public void Advance(int count) => _buffer.Advance(count);

        /// <inheritdoc/>
        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

        /// <inheritdoc/>
        public Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

        /// <summary>Ends the batch and clears the writer for the next one.</summary>
        /// <exception cref="InvalidOperationException">No event was begun.</exception>
        public EventBatch ToBatch()
        {
            if (_starts.Count == 0)
            {
                throw new InvalidOperationException("A batch needs at least one event; begin one first.");
            }

            var bytes = _buffer.WrittenSpan.ToArray();
            for (var index = 0; index < _starts.Count; index++)
            {
                var end = index + 1 < _starts.Count ? _starts[index + 1] : bytes.Length;
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(_starts[index]), end - _starts[index] - LengthSize);
            }

            var batch = new EventBatch(bytes, _starts.Count, true);
            _buffer.ResetWrittenCount();
            _starts.Clear();
            return batch;
        }
    }
}
