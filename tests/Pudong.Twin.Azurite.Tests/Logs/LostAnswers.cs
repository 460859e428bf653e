using Azure.Core;
using Azure.Core.Pipeline;

namespace Pudong.Twin.Azurite.Tests.Logs;

/// <summary>Lets some appends reach the storage and loses the answer, as a broken connection does; or loses the request itself.</summary>
/// <param name="seed">Chooses which.</param>
internal sealed class LostAnswers(int seed) : HttpPipelinePolicy
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    /// <summary>How many answers were lost after the storage had acted.</summary>
    public int Answers { get; private set; }

    /// <summary>How many requests were lost before they were sent.</summary>
    public int Requests { get; private set; }

    /// <summary>Of 100 appends, how many lose their answer, and as many again their request.</summary>
    public int Percent { get; init; } = 25;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var roll = message.Request.Uri.Query.Contains("comp=appendblock", StringComparison.Ordinal) ? Roll() : 100;
        if (roll < Percent)
        {
            Requests++;
            throw new IOException("The test lost the request.");
        }

        await ProcessNextAsync(message, pipeline);
        if (roll < 2 * Percent)
        {
            Answers++;
            throw new IOException("The test lost the answer.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The log asks asynchronously.");

    private int Roll()
    {
        lock (_lock)
        {
            return _random.Next(100);
        }
    }
}
