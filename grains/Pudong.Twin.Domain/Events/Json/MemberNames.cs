using System.Text;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>The names that the members of an object may have.</summary>
/// <param name="names">At most 32.</param>
internal sealed class MemberNames(params string[] names)
{
    private readonly byte[][] _bytes = [.. names.Select(Encoding.UTF8.GetBytes)];

    public string[] All => names;

    public string this[int place] => names[place];

    /// <summary>The place of a name among them; −1 when it is none.</summary>
    public int PlaceOf(ReadOnlySpan<byte> name)
    {
        for (var place = 0; place < _bytes.Length; place++)
        {
            if (name.SequenceEqual(_bytes[place]))
            {
                return place;
            }
        }

        return -1;
    }
}
