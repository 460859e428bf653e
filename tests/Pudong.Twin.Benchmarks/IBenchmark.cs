namespace Pudong.Twin.Benchmarks;

/// <summary>One question about speed, asked by its name on the command line.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line: lower case, with dashes.</summary>
    string Name { get; }

    /// <summary>What is measured, and what the issue asks for, in one line.</summary>
    string Question { get; }

    /// <summary>Measures and prints.</summary>
    /// <param name="session">How long and how often to measure, and where to print.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    Task Run(Session session, CancellationToken cancellationToken);
}
