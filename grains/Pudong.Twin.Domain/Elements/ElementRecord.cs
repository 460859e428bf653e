using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Sensing;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>An element as expressions see it at a moment: the queryables of its kind, by the ordinals of <see cref="ElementKind.Schema"/>.</summary>
/// <remarks>The exact answer for one element; scans over the whole city use columns and come to the same answers.</remarks>
public sealed class ElementRecord : IRecord
{
    private static readonly ImmutableArray<Value> Bands = [Value.Of("A"), Value.Of("B"), Value.Of("C"), Value.Of("D")];
    private static readonly ImmutableArray<Value> Conditions = [.. ElementProperty.ReadingStates.Select(state => Value.Of(state))];

    private readonly ModelPackage _package;
    private readonly ElementKind _kind;
    private readonly ElementState _state;
    private readonly long _at;

    /// <summary>Looks at an element.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="kind">The element's kind in that package.</param>
    /// <param name="state">The element.</param>
    /// <param name="at">The moment that scores are evaluated at, in Unix milliseconds; before the element's clock they are those of its clock.</param>
    public ElementRecord(ModelPackage package, ElementKind kind, ElementState state, long at)
    {
        _package = package;
        _kind = kind;
        _state = state;
        _at = Math.Max(at, state.Clock);
    }

    /// <summary>The value of a queryable.</summary>
    /// <param name="ordinal">Its ordinal in the schema of the kind.</param>
    public Value this[int ordinal] => Of(_kind.Properties[ordinal]);

    /// <summary>The value of a property.</summary>
    /// <param name="property">The property.</param>
    public Value Of(in ElementProperty property) => property.Source switch
    {
        PropertySource.Id => Value.Of(_state.Id.ToString()),
        PropertySource.Kind => Value.Of(_state.Id.Kind),
        PropertySource.Name => Value.Of(_state.Name),
        PropertySource.Geometry => _state.Geometry,
        PropertySource.Risk => Value.Of(Score),
        PropertySource.Band => Bands[(int)BandRule.BandAt(_package.Risk, BaseLoad, _state.Risk, _at)],
        PropertySource.Priority => Value.Of(Score * ElementRisk.ConsequenceOf(_kind, _state).Value),
        PropertySource.OpenCases => Value.Of((long)_state.OpenCases.Length),
        PropertySource.Revision => Value.Of(_state.Revision),
        PropertySource.Changed => Instant(_state.Clock),
        PropertySource.DomainRisk => Value.Of(100 * RiskScore.RiskOf(
            RiskScore.LoadAt(_package.Risk, BaseLoad, _state.Risk, new RiskDomain((byte)property.Index), _at))),
        PropertySource.Attribute => _state.AttributeAt(property.Index),
        _ => _state.ReadingAt(property.Index) is { } reading ? Of(property.Source, reading) : Value.Null,
    };

    private double BaseLoad => _state.Profile.BaseUnder(_package, _kind).Amount;

    private double Score => 100 * RiskScore.RiskAt(_package.Risk, BaseLoad, _state.Risk, _at);

    private Value Of(PropertySource source, in ReadingState reading) => source switch
    {
        PropertySource.ReadingLast => Value.Of(reading.Last),
        PropertySource.ReadingTime => Instant(reading.LastAt),
        PropertySource.ReadingState => Conditions[(int)reading.Condition],
        _ => Of(source, reading.Window.SumAt(_at, _kind.Readings[reading.Ordinal].Window)),
    };

    private static Value Of(PropertySource source, in Bucket window) => window.Count == 0 ? Value.Null : source switch
    {
        PropertySource.ReadingMinimum => Value.Of(window.Minimum),
        PropertySource.ReadingMaximum => Value.Of(window.Maximum),
        _ => Value.Of(window.Mean),
    };

    private static Value Instant(long milliseconds) => milliseconds == long.MinValue ? Value.Null : Value.OfTicks(EventTime.TicksOf(milliseconds));
}
