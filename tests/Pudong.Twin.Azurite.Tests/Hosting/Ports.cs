using System.Net;
using System.Net.Sockets;

namespace Pudong.Twin.Azurite.Tests.Hosting;

/// <summary>Ports for what is started by a test and has to know its port before.</summary>
internal static class Ports
{
    /// <summary>A loopback port that the system chose; it does not hand it out again soon.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
