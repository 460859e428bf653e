using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>What changes seldom about an element, apart from its state so that a reading need not copy it.</summary>
internal sealed record Profile
{
    // Follows from the rest; a copy takes it along.
    private Surroundings? _surroundings;

    /// <summary>The profile of an element of which nothing is known.</summary>
    public static Profile Empty { get; } = new();

    /// <summary>The attributes that were observed; the name is one of them.</summary>
    public AttributeSet Attributes { get; init; }

    /// <summary>The relations, in the order in which the element learnt of them.</summary>
    public ImmutableArray<Relation> Relations { get; init; } = [];

    /// <summary>The longitude in degrees; NaN when the place is unknown or no point.</summary>
    public double Longitude { get; init; } = double.NaN;

    /// <summary>The latitude in degrees; NaN when the place is unknown or no point.</summary>
    public double Latitude { get; init; } = double.NaN;

    /// <summary>When the place was observed, in Unix milliseconds.</summary>
    public long PlaceTime { get; init; } = long.MinValue;

    /// <summary>What only few elements have.</summary>
    public Dossier Dossier { get; init; } = Dossier.Empty;

    /// <summary>The place as a value; NULL when it is unknown.</summary>
    public Value Geometry => Dossier.Shape is { } shape ? Value.Of(shape)
        : double.IsNaN(Longitude) ? Value.Null
        : Value.Of(new Point(Longitude, Latitude));

    /// <summary>The profile with another place.</summary>
    /// <param name="place">A geometry or NULL.</param>
    /// <param name="time">When it was observed, in Unix milliseconds.</param>
    public Profile At(Value place, long time)
    {
        var point = place.Geometry as Point is { IsEmpty: false } found ? found : null;
        var shape = point is null ? place.Geometry : null;
        return this with
        {
            Longitude = point?.X ?? double.NaN,
            Latitude = point?.Y ?? double.NaN,
            PlaceTime = time,
            Dossier = shape is null && Dossier.Shape is null ? Dossier : Dossier with { Shape = shape },
        };
    }

    /// <summary>Base load and neighbours; worked out when risk first asks for them and kept until attributes or relations change.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="kind">The element's kind in it.</param>
    /// <remarks>For the kernel. Reading must not make a city of quiet elements keep them: see <see cref="BaseUnder"/>.</remarks>
    public Surroundings Under(ModelPackage package, ElementKind kind)
    {
        // Two threads may work them out at once; they come to the same.
        if (_surroundings is not { } known || !known.Hold(package, kind, this))
        {
            _surroundings = known = Surroundings.Of(package, kind, this);
        }

        return known;
    }

    /// <summary>The base load, worked out anew unless it is kept.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="kind">The element's kind in it.</param>
    public BaseLoad BaseUnder(ModelPackage package, ElementKind kind) =>
        _surroundings is { } known && known.Hold(package, kind, this) ? known.Base : ElementRisk.BaseLoad(package, kind, Attributes);

    /// <summary>Keeps base load and neighbours no longer: a quiet element will not need them soon.</summary>
    public void ForgetSurroundings() => _surroundings = null;
}

/// <summary>What only few elements have: a shape, history, cases, loose evidence. The many share the empty one.</summary>
internal sealed record Dossier
{
    /// <summary>The dossier of an element with none of it.</summary>
    public static Dossier Empty { get; } = new();

    /// <summary>The geometry when it is not a point; null otherwise.</summary>
    public Geometry? Shape { get; init; }

    /// <summary>Relations that have ended, oldest first, bounded.</summary>
    public ImmutableArray<EndedRelation> Ended { get; init; } = [];

    /// <summary>The open cases, in the order in which they were opened.</summary>
    public ImmutableArray<OpenCase> Cases { get; init; } = [];

    /// <summary>The last changes, oldest first, bounded.</summary>
    public ImmutableArray<ElementChange> Changes { get; init; } = [];

    /// <summary>The last pieces of evidence outside of cases, oldest first, bounded.</summary>
    public ImmutableArray<EvidencePiece> Pieces { get; init; } = [];
}
