using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads what sensors of a kind measure, and what its values say.</summary>
internal static class ReadingReader
{
    /// <summary>The readings of a kind.</summary>
    public static void Read(KindDraft kind, Members members, Draft draft)
    {
        foreach (var entry in members.Map("readings", "a mapping of name to reading")?.Entries ?? [])
        {
            if (!NameRules.Check(entry.Key, "reading", NameRules.IsCamel, "pm25", draft.Errors)
                || !NumberChecks.Check(entry.Key, "reading", kind.Readings.Select(known => known.Name), draft.Errors))
            {
                continue;
            }

            if (kind.Readings.Any(known => known.Name == entry.Key.Value))
            {
                draft.Errors.Add(entry.Key.Place, $"The {members.What} has reading '{entry.Key.Value}' already; expected another name.");
            }
            else if (entry.Value is not YamlMap map)
            {
                draft.Errors.Add(entry.Value.Place, $"The reading '{entry.Key.Value}' is {entry.Value.Description}; expected a mapping with 'title' and 'unit'.");
            }
            else
            {
                kind.Readings.Add(ReadOne(entry.Key.Value, kind.Readings.Count, new Members(map, $"reading '{entry.Key.Value}' of {members.What}", draft.Errors), draft));
            }
        }
    }

    private static ReadingDefinition ReadOne(string name, int ordinal, Members members, Draft draft)
    {
        var reading = new ReadingDefinition(ordinal, name, members.Text("unit", "a unit in UCUM such as ug/m3, or 1", required: true) ?? "1")
        {
            Title = members.Local("title", required: true),
            Minimum = members.Number("minimum", double.MinValue, double.MaxValue) ?? double.MinValue,
            Maximum = members.Number("maximum", double.MinValue, double.MaxValue) ?? double.MaxValue,
            Window = members.Duration("window") ?? 3_600_000,
            DriftLimit = members.Number("driftLimit", 1, 100),
            Thresholds = ThresholdsOf(members, draft),
        };
        if (members.Map("silence", "a mapping with 'after' and perhaps 'evidence'") is { } map)
        {
            var silence = new Members(map, $"silence of {members.What}", draft.Errors);
            reading = reading with { SilentAfter = silence.Duration("after", required: true), SilenceGives = GivenIn(silence, draft) };
            silence.RefuseOthers();
        }

        members.RefuseOthers();
        if (reading.Minimum >= reading.Maximum)
        {
            draft.Errors.Add(members.Place, $"The {members.What} has a minimum that is not below its maximum; expected the minimum first.");
        }

        return reading;
    }

    private static ImmutableArray<ThresholdDefinition> ThresholdsOf(Members members, Draft draft)
    {
        var thresholds = ImmutableArray.CreateBuilder<ThresholdDefinition>();
        foreach (var entry in members.Map("thresholds", "a mapping of name to threshold")?.Entries ?? [])
        {
            NameRules.Check(entry.Key, "threshold", NameRules.IsKebab, "alarm", draft.Errors);
            if (entry.Value is YamlMap map)
            {
                thresholds.Add(ThresholdOf(entry.Key.Value, new Members(map, $"threshold '{entry.Key.Value}' of {members.What}", draft.Errors), draft));
            }
            else
            {
                draft.Errors.Add(entry.Value.Place, $"The threshold '{entry.Key.Value}' is {entry.Value.Description}; expected a mapping with 'raise' and 'clear'.");
            }
        }

        return thresholds.DrainToImmutable();
    }

    private static ThresholdDefinition ThresholdOf(string name, Members members, Draft draft)
    {
        var direction = members.OneOf("direction", false, ("above", ThresholdDirection.Above), ("below", ThresholdDirection.Below)) ?? ThresholdDirection.Above;
        var raise = members.Number("raise", double.MinValue, double.MaxValue, required: true) ?? 0;
        var clear = members.Number("clear", double.MinValue, double.MaxValue, required: true) ?? raise;
        var threshold = new ThresholdDefinition(name, direction, raise, clear) { Debounce = members.Duration("debounce") ?? 0, Gives = GivenIn(members, draft) };
        members.RefuseOthers();
        if (direction == ThresholdDirection.Above ? clear > raise : clear < raise)
        {
            var side = direction == ThresholdDirection.Above ? "below" : "above";
            draft.Errors.Add(members.Place, $"The {members.What} clears on the wrong side; expected 'clear' at or {side} 'raise', so that it does not flutter.");
        }

        return threshold;
    }

    private static EvidenceGiven? GivenIn(Members members, Draft draft)
    {
        var evidence = draft.FindEvidence(members.Scalar("evidence", "an evidence type"));
        var confidence = members.Number("confidence", 0, 1) ?? 1;
        var along = draft.FindRelation(members.Scalar("along", "a relation"));
        var scaled = members.Truth("scaled");
        if (scaled && evidence is { Reading: null })
        {
            draft.Errors.Add(members.Place, $"The {members.What} scales evidence '{evidence.Name}', which has no range of readings; expected 'reading: [from, to]' there.");
        }

        return evidence is null ? null : new EvidenceGiven(evidence.Index, confidence) { Along = along?.Index, Scaled = scaled };
    }
}
