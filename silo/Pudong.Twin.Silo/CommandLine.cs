using Microsoft.Extensions.Configuration;

namespace Pudong.Twin.Silo;

/// <summary>The switches of the command line, which are short names of settings.</summary>
internal static class CommandLine
{
    /// <summary>What <c>--help</c> shows.</summary>
    public const string Help = """
        Runs a silo of Pudong.Twin until Ctrl+C or SIGTERM.

          --data <folder>           where the SQLite file lies; created when missing (default: data)
          --storage sqlite|azure    one SQLite file, or an Azure Storage account, Azurite on this machine unless configured (default: sqlite)
          --Twin:<setting> <value>  any other setting, for instance --Twin:GatewayPort 30001 or --Twin:Sqlite:Partitions 16

        Settings are read from appsettings.json in the working directory, environment variables (Twin__GatewayPort) and the command line, the last one winning.
        """;

    private static readonly Dictionary<string, string> Switches = new() { ["--data"] = "Twin:Data", ["--storage"] = "Twin:Storage" };

    /// <summary>Whether the caller wants to know how to call.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    public static bool AsksForHelp(string[] arguments) => arguments is ["--help" or "-h" or "-?", ..];

    /// <summary>Adds the command line to the configuration; it wins over what was added before.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="arguments">The arguments of the process.</param>
    /// <exception cref="ComplaintException">An argument is no switch, or lacks its value.</exception>
    public static void AddTwinCommandLine(this IConfigurationManager configuration, string[] arguments)
    {
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = arguments[index].Split('=')[0];
            if (!Switches.ContainsKey(name) && !(name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal)))
            {
                throw new ComplaintException($"There is no switch '{name}'; expected --data, --storage or a setting by its full name such as --Twin:GatewayPort (--help lists them).");
            }

            // The value is in the same argument, or is the next one.
            if (!arguments[index].Contains('=', StringComparison.Ordinal) && ++index == arguments.Length)
            {
                throw new ComplaintException($"The switch '{name}' has no value; write it behind the switch, as in {name} <value>.");
            }
        }

        configuration.AddCommandLine(arguments, Switches);
    }
}
