using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads and writes CQL2 JSON.</summary>
/// <remarks>Offsets in errors and spans count UTF-16 code units of the JSON, also where it came as UTF-8.</remarks>
public static class Cql2Json
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads an expression.</summary>
    /// <param name="json">CQL2 JSON.</param>
    /// <param name="limits">How large it may be; <see cref="Cql2Limits.Default"/> when null.</param>
    /// <returns>The tree. Names are not looked up and types not checked: that is the binder's part.</returns>
    /// <exception cref="Cql2Exception">The JSON is no expression or exceeds a limit.</exception>
    public static Expression Parse(string json, Cql2Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        limits ??= Cql2Limits.Default;
        CheckLength(json.Length, limits);
        WellFormed.Check(json);
        return ParseValid(Encoding.UTF8.GetBytes(json), limits);
    }

    /// <summary>Reads an expression from UTF-8.</summary>
    /// <param name="utf8">CQL2 JSON, without a byte order mark.</param>
    /// <param name="limits">How large it may be; <see cref="Cql2Limits.Default"/> when null.</param>
    /// <returns>The tree. Names are not looked up and types not checked: that is the binder's part.</returns>
    /// <exception cref="Cql2Exception">The JSON is no expression or exceeds a limit.</exception>
    public static Expression Parse(ReadOnlySpan<byte> utf8, Cql2Limits? limits = null)
    {
        limits ??= Cql2Limits.Default;
        CheckLength(Encoding.UTF8.GetCharCount(utf8), limits);
        CheckEncoding(utf8);
        return ParseValid(utf8, limits);
    }

    /// <summary>Writes an expression.</summary>
    /// <param name="expression">The tree.</param>
    /// <returns>JSON without white space that reads back as an equal tree.</returns>
    /// <exception cref="Cql2Exception">The tree was built by hand and has no JSON, for instance a number that is not finite.</exception>
    public static string Write(Expression expression)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(utf8, Options))
        {
            Write(json, expression);
        }

        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }

    /// <summary>Writes an expression as one value into JSON that the caller has begun; nothing is written when it fails.</summary>
    /// <param name="json">What receives the value.</param>
    /// <param name="expression">The tree.</param>
    /// <exception cref="Cql2Exception">The tree was built by hand and has no JSON.</exception>
    public static void Write(Utf8JsonWriter json, Expression expression)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(expression);
        Writable.Check(expression);
        new ExpressionJsonWriter(json).Write(expression);
    }

    private static Expression ParseValid(ReadOnlySpan<byte> utf8, Cql2Limits limits)
    {
        var expression = new JsonParser(utf8, limits).ReadAll();
        TreeWalk.Visit(expression, limits.Depth);
        return expression;
    }

    private static void CheckLength(int length, Cql2Limits limits)
    {
        if (length > limits.TextLength)
        {
            throw Mistakes.TooLong(length, limits.TextLength);
        }
    }

    private static void CheckEncoding(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            return;
        }

        var valid = 0;
        while (Rune.DecodeFromUtf8(utf8[valid..], out _, out var consumed) == OperationStatus.Done)
        {
            valid += consumed;
        }

        throw Mistakes.ExpectedOther("valid UTF-8", $"the byte 0x{utf8[valid]:X2}", new Utf8Counter(utf8).MoveTo(valid));
    }
}
