using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Grains.Elements;

/// <summary>Shows what a sensor knows of a quantity.</summary>
internal static class ReadingViews
{
    /// <summary>The view of one reading.</summary>
    /// <param name="definition">The reading.</param>
    /// <param name="reading">What is known of it; null when it was never measured.</param>
    /// <param name="time">The end of the window, in Unix milliseconds.</param>
    public static ReadingView Of(ReadingDefinition definition, ReadingState? reading, long time)
    {
        if (reading is not { } known)
        {
            return new ReadingView(definition.Name, definition.Unit, null, null, null, null, null, ElementProperty.ReadingStates[0]);
        }

        var sum = known.Window.SumAt(time, definition.Window);
        var measured = sum.Count > 0;
        return new ReadingView(
            definition.Name,
            definition.Unit,
            known.Last,
            known.LastAt,
            measured ? sum.Minimum : null,
            measured ? sum.Maximum : null,
            measured ? sum.Mean : null,
            ElementProperty.ReadingStates[(int)known.Condition]);
    }
}
