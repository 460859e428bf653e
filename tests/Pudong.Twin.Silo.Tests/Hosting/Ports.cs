using System.Net;
using System.Net.Sockets;

namespace Pudong.Twin.Silo.Tests.Hosting;

/// <summary>Ports for processes that have to know theirs before they start.</summary>
internal static class Ports
{
    /// <summary>Two loopback ports that the system chose; it does not hand them out again soon.</summary>
    public static (int Silo, int Gateway) Free()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
