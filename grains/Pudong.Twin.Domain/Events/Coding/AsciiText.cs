using System.Text;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>A text of ASCII characters in a block that it shares with others; no text at all by default.</summary>
/// <remarks>It keeps its block in memory: for what is soon done with, such as the ids of events.</remarks>
internal readonly struct AsciiText(byte[] block, int start, int length)
{
    public bool IsEmpty => length == 0;

    public ReadOnlySpan<byte> Bytes => block.AsSpan(start, length);

    public override string ToString() => Encoding.Latin1.GetString(Bytes);
}
