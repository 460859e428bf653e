using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Registration, and what is observed about an element: attributes, name and place.</summary>
internal static class Observing
{
    /// <summary>The element comes into being, comes back after it retired, or its data is renewed.</summary>
    public static void Register(Draft draft, AttributeData data, TwinEvent e)
    {
        if (!draft.IsRegistered || draft.IsRetired)
        {
            draft.IsRegistered = true;
            draft.IsRetired = false;
            draft.Changed();
        }

        Observe(draft, data, e);
        foreach (var relation in data.Relations)
        {
            Relating.Add(draft, relation, e.Time);
        }
    }

    /// <summary>Takes in what is newer than what is known; the rest changes nothing.</summary>
    public static void Observe(Draft draft, AttributeData data, TwinEvent e)
    {
        foreach (var observed in data.Values)
        {
            ObserveOne(draft, observed.Attribute, observed.Value, e);
        }

        if (data.Name is not null)
        {
            draft.Observe(new ObservedValue(ObservedValue.NameOrdinal, Value.Of(data.Name), e.Time, e.Source, e.Key));
        }

        if (IsNewPlace(draft.Profile, data.Geometry, e.Time))
        {
            draft.Profile = draft.Profile.At(data.Geometry, e.Time);
            draft.Changed();
        }
    }

    /// <summary>Takes in the value of one attribute.</summary>
    public static void ObserveOne(Draft draft, int ordinal, Value value, TwinEvent e)
    {
        if ((uint)ordinal >= (uint)draft.Kind.Attributes.Length)
        {
            draft.Refuse(RefusalReason.UnknownField, $"Kind '{draft.Kind.Name}' of package {draft.Package.Version} has no attribute with ordinal {ordinal}.");
            return;
        }

        var attribute = draft.Kind.Attributes[ordinal];
        if (!Fits(attribute, value))
        {
            draft.Refuse(
                RefusalReason.WrongType,
                $"Attribute '{attribute.Name}' of {draft.Before.Id} cannot take {value.ToString()}; expected {attribute.Queryable.Type} as package {draft.Package.Version} declares it.");
            return;
        }

        if (value.Text is { } text && (attribute.Indexed || !attribute.Queryable.Codes.IsEmpty) && !attribute.Queryable.Distinct)
        {
            SharedTexts.Add(text);
        }

        draft.Observe(new ObservedValue(ordinal, value, e.Time, e.Source, e.Key));
    }

    // Between equal times the greater geometry wins: either order of arrival gives one place.
    private static bool IsNewPlace(Profile profile, Value place, long time) =>
        place.Geometry is { } geometry
        && (time > profile.PlaceTime || (time == profile.PlaceTime && geometry.CompareTo(profile.Geometry.Geometry) > 0));

    /// <summary>Whether an attribute can take a value.</summary>
    public static bool Fits(AttributeDefinition attribute, Value value) => value.IsNull || attribute.Queryable.Type switch
    {
        QueryableType.Text => value.Kind == ValueKind.Text && value.Text!.Length <= attribute.MaximumLength,
        QueryableType.Number => value.Kind is ValueKind.Number or ValueKind.Integer && double.IsFinite(value.Number),
        QueryableType.Integer => value.Kind == ValueKind.Integer,
        QueryableType.Boolean => value.Kind == ValueKind.Boolean,
        QueryableType.Date => value.Kind == ValueKind.Date,
        QueryableType.Timestamp => value.Kind == ValueKind.Timestamp,
        QueryableType.Array => value.Kind == ValueKind.Array,
        _ => value.Kind == ValueKind.Geometry,
    };
}
