using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Takes elements over from one package to the next. A partition does so with all of its elements when it meets the activation in its log.</summary>
/// <remarks>
/// What a package names keeps its number: attributes, readings and relations move to their new ordinals, and what the new package does not have any more ends.
/// Loads are first brought to the activation time with the old half-lives (RISK-MODEL.md, section 3); couplings that changed are told to the neighbours (section 5).
/// </remarks>
public sealed class PackageActivation
{
    private readonly long _time;

    /// <summary>Makes an activation.</summary>
    /// <param name="before">The package in force so far.</param>
    /// <param name="after">The package in force from now on.</param>
    /// <param name="time">The activation time, in Unix milliseconds.</param>
    public PackageActivation(ModelPackage before, ModelPackage after, long time)
    {
        Before = before;
        After = after;
        _time = time;
    }

    /// <summary>The package in force so far.</summary>
    public ModelPackage Before { get; }

    /// <summary>The package in force from now on.</summary>
    public ModelPackage After { get; }

    /// <summary>Takes an element over.</summary>
    /// <param name="state">The element under the old package.</param>
    /// <param name="position">The activation's place in the log.</param>
    /// <returns>The element under the new package and what its neighbours must hear. An element whose kind the new package has not stays as it is.</returns>
    public Transition Apply(ElementState state, LogPosition position = default)
    {
        if (Before.FindKind(state.Id.Kind) is not { } kindBefore || After.FindKind(state.Id.Kind) is not { } kind)
        {
            return Transition.Unchanged(state, Outcome.Late);
        }

        var activation = new TwinEvent("package-activated", DerivedEvent.Source, "package-activated", state.Id, _time, NoData.Instance);
        var draft = Draft.Of(After, kind, state, activation, position);
        draft.Profile = Moved(state.Profile, kindBefore, kind);
        draft.Readings = Moved(state.Readings, kindBefore, kind);
        if (!state.Risk.IsQuiet || !state.Risk.Published.IsEmpty || !state.Relations.IsEmpty)
        {
            var context = new RiskContext(After.Risk, state.Id, draft.Profile.Under(After, kind).Neighbourhood, draft.BaseLoad(), draft.Clock);
            Influencing.Take(draft, RiskModel.ChangePackage(context, state.Risk, Before.Risk, state.Profile.Under(Before, kindBefore).Neighbourhood, _time));
        }

        draft.NextDue = Deadlines.NextDue(kind, draft.Readings);
        if (!draft.HasChanged && draft.NextDue == state.NextDue && ReferenceEquals(draft.Profile, state.Profile) && draft.Readings == state.Readings)
        {
            return new Transition(state, draft.Effects, Outcome.Late, null);
        }

        draft.Revision++;
        return new Transition(new ElementState(draft), draft.Effects, Outcome.Applied, null);
    }

    private Profile Moved(Profile profile, ElementKind before, ElementKind after)
    {
        var known = profile.Attributes.ToArray();
        var moved = known.Select(observed => observed with { Ordinal = PlaceOf(observed.Ordinal, before, after) })
            .Where(observed => observed.Ordinal == ObservedValue.NameOrdinal || (observed.Ordinal >= 0 && Observing.Fits(after.Attributes[observed.Ordinal], observed.Value)))
            .ToArray();
        var same = moved.Select(observed => observed.Ordinal).SequenceEqual(known.Select(observed => observed.Ordinal));
        return same && HaveSamePlaces(profile.Relations)
            ? profile
            : profile with { Attributes = AttributeSet.Of(moved), Relations = Moved(profile.Relations) };
    }

    private static int PlaceOf(int ordinal, ElementKind before, ElementKind after) =>
        ordinal < before.Attributes.Length ? after.AttributeOf(before.Attributes[ordinal].Number)
        : ordinal == ObservedValue.NameOrdinal ? ordinal
        : -1;

    private int Moved(int relation) => After.FindRelation(Before.Relations[relation].Number)?.Index ?? -1;

    private bool HaveSamePlaces(ImmutableArray<Relation> relations)
    {
        foreach (ref readonly var relation in relations.AsSpan())
        {
            if (Moved(relation.Kind) != relation.Kind)
            {
                return false;
            }
        }

        return true;
    }

    private ImmutableArray<Relation> Moved(ImmutableArray<Relation> relations) =>
    [
        .. relations.Where(relation => Moved(relation.Kind) >= 0)
            .Select(relation => new Relation(Moved(relation.Kind), relation.Other, relation.IsOwner, relation.Since)),
    ];

    private static ImmutableArray<ReadingState> Moved(ImmutableArray<ReadingState> readings, ElementKind before, ElementKind after)
    {
        var moved = ImmutableArray.CreateBuilder<ReadingState>(readings.Length);
        var same = true;
        foreach (var reading in readings)
        {
            var ordinal = after.ReadingOf(before.Readings[reading.Ordinal].Number);
            var sameThresholds = ordinal >= 0 && after.Readings[ordinal].Thresholds.AsSpan().SequenceEqual(before.Readings[reading.Ordinal].Thresholds.AsSpan());
            same &= ordinal == reading.Ordinal && sameThresholds && after.Readings[ordinal].Window == before.Readings[reading.Ordinal].Window;
            if (ordinal >= 0)
            {
                // Other thresholds or another window: what was found by the old ones does not speak about the new ones.
                moved.Add(reading with
                {
                    Ordinal = (ushort)ordinal,
                    Raised = sameThresholds ? reading.Raised : (ushort)0,
                    SuspectSince = sameThresholds ? reading.SuspectSince : default,
                    Window = after.Readings[ordinal].Window == before.Readings[reading.Ordinal].Window
                        ? reading.Window
                        : default(RollingWindow).With(reading.LastAt, reading.Last, after.Readings[ordinal].Window),
                });
            }
        }

        moved.Sort(static (x, y) => x.Ordinal.CompareTo(y.Ordinal));
        return same ? readings : moved.DrainToImmutable();
    }
}
