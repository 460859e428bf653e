using System.Buffers.Binary;

namespace Pudong.Twin.Grains.Events;

/// <summary>Walks over encoded events that stand back to back, each led by its length.</summary>
/// <param name="bytes">The events with their lengths, checked before.</param>
public readonly ref struct EventEntries(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Begins the walk.</summary>
    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>Whether bytes are a number of events, each led by its length.</summary>
    internal static bool Matches(ReadOnlySpan<byte> bytes, int count)
    {
        while (bytes.Length >= EventBatch.LengthSize && count > 0)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (length < 0 || length > bytes.Length - EventBatch.LengthSize)
            {
                return false;
            }

            bytes = bytes[(EventBatch.LengthSize + length)..];
            count--;
        }

        return bytes.IsEmpty && count == 0;
    }

    /// <summary>Where the walk stands.</summary>
    /// <param name="bytes">What is still to come.</param>
    public ref struct Enumerator(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        /// <summary>The bytes of the event, without its length.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Goes to the next event.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            Current = _rest.Slice(EventBatch.LengthSize, length);
            _rest = _rest[(EventBatch.LengthSize + length)..];
            return true;
        }
    }
}
