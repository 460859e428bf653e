using System.Security.Cryptography;
using System.Text;

namespace Pudong.Twin.Storage.Azure.States;

/// <summary>Names the blob of a record so that an operator can read it and no two records share one: <c>manifest/partition/17.state</c>.</summary>
internal static class StateBlobName
{
    // Three parts with their marks stay under the 1,024 letters Azure allows.
    private const int LongestPart = 200;

    /// <summary>The blob's name.</summary>
    /// <param name="stateName">The record's state name.</param>
    /// <param name="grainId">The record's grain.</param>
    /// <remarks>The end is in no other place of a name, so that no blob's name begins with another's.</remarks>
    public static string Of(string stateName, GrainId grainId) =>
        $"{Part(stateName)}/{Part(grainId.Type.ToString() ?? "")}/{Part(grainId.Key.ToString() ?? "")}.state";

    // Letters, digits, '-', '_' and '~' as they are, all else as '=' with the hexadecimal code of each UTF-8 byte; a long part ends with its hash.
    private static string Part(string text)
    {
        var part = new StringBuilder(text.Length);
        foreach (var letter in Encoding.UTF8.GetBytes(text))
        {
            _ = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'_' or (byte)'~'
                ? part.Append((char)letter)
                : part.Append('=').Append(letter.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (part.Length > LongestPart)
        {
            part.Length = LongestPart;
            part.Append("==").Append(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }

        // An empty part would be lost between two slashes.
        return part.Length == 0 ? "=" : part.ToString();
    }
}
