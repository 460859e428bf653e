using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Readings of a sensor and what they say: thresholds, silence, drift, and the evidence these give.</summary>
internal static class Measuring
{
    /// <summary>The sensor measured.</summary>
    public static void Receive(Draft draft, ReadingData data, TwinEvent e)
    {
        if (Definition(draft, data.Reading) is not { } definition)
        {
            return;
        }

        // Written so that NaN fails too.
        if (!(data.Number >= definition.Minimum && data.Number <= definition.Maximum))
        {
            draft.Refuse(RefusalReason.OutOfRange, string.Create(
                CultureInfo.InvariantCulture,
                $"Reading '{definition.Name}' of {draft.Before.Id} is {data.Number} {definition.Unit}; expected {definition.Minimum} to {definition.Maximum}."));
            return;
        }

        var place = IndexOf(draft.Readings, data.Reading);
        var before = place < 0 ? default : draft.Readings[place];
        var measured = Measurement.Of(definition, before, e.Time, data.Number);
        if (measured.Late && !measured.Counted)
        {
            return;
        }

        draft.Readings = place < 0 ? draft.Readings.Insert(~place, measured.Next) : draft.Readings.SetItem(place, measured.Next);
        draft.Changed(notable: measured.Next.Condition != before.Condition);
        TellFindings(draft, definition, measured, data.Number, e.Time);
    }

    /// <summary>A due time has passed. If its reason is gone it changes nothing.</summary>
    public static void PassDeadline(Draft draft, DeadlineData data, TwinEvent e)
    {
        var place = data.Kind == DeadlineKind.Silence ? IndexOf(draft.Readings, data.Index) : -1;
        if (place < 0 || Deadlines.SilenceDue(draft.Kind, draft.Readings[place]) > e.Time)
        {
            return;
        }

        draft.Readings = draft.Readings.SetItem(place, draft.Readings[place].Silenced());
        draft.Changed();
        Give(draft, draft.Kind.Readings[data.Index].SilenceGives, reading: null, e.Time);
    }

    private static void TellFindings(Draft draft, ReadingDefinition definition, in Measurement measured, double value, long time)
    {
        if (measured.Heard)
        {
            Take(draft, definition.SilenceGives, time);
        }

        if ((measured.Alarms | measured.Cleared) == 0)
        {
            return;
        }

        for (var i = 0; i < definition.Thresholds.Length; i++)
        {
            if ((measured.Alarms & (1 << i)) != 0)
            {
                // A device in alarm repeats itself: the evidence is of mode max, so repeating it counts once.
                Give(draft, definition.Thresholds[i].Gives, value, time);
            }
            else if ((measured.Cleared & (1 << i)) != 0)
            {
                Take(draft, definition.Thresholds[i].Gives, time);
            }
        }
    }

    private static void Give(Draft draft, EvidenceGiven? given, double? reading, long time)
    {
        if (given is null || Evidencing.TypeOf(draft, given.Type) is not { } type)
        {
            return;
        }

        var severity = given.Scaled && reading is { } value ? type.SeverityAt(value) : type.Severity;
        Evidencing.Give(draft, type, severity, given.Confidence, given.Along, time);
    }

    private static void Take(Draft draft, EvidenceGiven? given, long time)
    {
        if (given is not null && Evidencing.TypeOf(draft, given.Type) is { } type)
        {
            Evidencing.Take(draft, type, given.Along, time);
        }
    }

    private static ReadingDefinition? Definition(Draft draft, int ordinal)
    {
        if ((uint)ordinal < (uint)draft.Kind.Readings.Length)
        {
            return draft.Kind.Readings[ordinal];
        }

        draft.Refuse(RefusalReason.UnknownReading, $"Kind '{draft.Kind.Name}' of package {draft.Package.Version} has no reading with ordinal {ordinal}.");
        return null;
    }

    private static int IndexOf(ImmutableArray<ReadingState> readings, int ordinal)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            if (readings[i].Ordinal >= ordinal)
            {
                return readings[i].Ordinal == ordinal ? i : ~i;
            }
        }

        return ~readings.Length;
    }
}
