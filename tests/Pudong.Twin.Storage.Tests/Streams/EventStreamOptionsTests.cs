using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pudong.Twin.Storage.Streams;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

public sealed class EventStreamOptionsTests
{
    private static readonly EventStreamOptionsValidator Validator = new();

    [Fact]
    public void Validate_OfTheDefaults_Succeeds() => Assert.True(Validator.Validate("events", new EventStreamOptions()).Succeeded);

    [Fact]
    public void Validate_OutOfRange_NamesOptionAndRange()
    {
        var options = new EventStreamOptions { CacheBlocks = 9, Pause = TimeSpan.Zero };

        var message = Validator.Validate("events", options).FailureMessage;

        Assert.Contains("CacheBlocks must be between 10 and 4096", message, StringComparison.Ordinal);
        Assert.Contains("Pause must be between 00:00:00.001", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddTwinEvents_WithAnOptionOutOfRange_StopsTheSiloBeforeItStarts()
    {
        var host = Host.CreateApplicationBuilder();
        host.UseOrleans(silo => silo.UseLocalhostClustering().AddTwinEvents("events", options => options.DeliveryBlocks = 0));
        using var built = host.Build();

        var refusal = Assert.Throws<OptionsValidationException>(built.Services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("DeliveryBlocks must be between 1 and 1024", refusal.Message, StringComparison.Ordinal);
    }
}
