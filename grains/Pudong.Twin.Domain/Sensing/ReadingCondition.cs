namespace Pudong.Twin.Domain.Sensing;

/// <summary>What a sensor's reading stands for, in the order of concern in which queries name the states.</summary>
/// <remarks>The numbers are places in <see cref="Packages.ElementProperty.ReadingStates"/>.</remarks>
public enum ReadingCondition
{
    /// <summary>Within its limits.</summary>
    Normal = 0,

    /// <summary>Beyond a limit, but not yet for as long as the limit asks.</summary>
    Suspect = 1,

    /// <summary>Beyond a limit.</summary>
    Alarm = 2,

    /// <summary>Nothing was heard for longer than the reading allows.</summary>
    Silent = 3,

    /// <summary>The values have drifted away from the sensor's own past.</summary>
    Faulty = 4,
}
