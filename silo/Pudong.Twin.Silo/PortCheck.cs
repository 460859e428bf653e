using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Silo;

/// <summary>Sees before the silo starts whether its ports are free; Orleans itself would tell with a page of stack traces.</summary>
/// <param name="options">The ports.</param>
internal sealed class PortCheck(IOptions<SiloOptions> options) : StartCheck
{
    /// <inheritdoc/>
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        Check(options.Value.SiloPort, nameof(SiloOptions.SiloPort));
        Check(options.Value.GatewayPort, nameof(SiloOptions.GatewayPort));
        return Task.CompletedTask;
    }

    private static void Check(int port, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException fault)
        {
            throw new ComplaintException($"Port {port} on 127.0.0.1 cannot be used ({fault.Message}); end the program that uses it, or set Twin:{option} to a free one.");
        }
    }
}
