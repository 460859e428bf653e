using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Rules;

/// <summary>What the expressions of a rule see: the queryables of the element, as the event and the rules before left it, then <c>event.time</c> and the fields of the event: <see cref="RuleSchema"/>.</summary>
internal sealed class RuleRecord : IRecord
{
    private readonly Draft _draft;
    private readonly TwinEvent _event;
    private ElementRecord? _element;

    public RuleRecord(Draft draft, TwinEvent e)
    {
        _draft = draft;
        _event = e;
    }

    public Value this[int ordinal]
    {
        get
        {
            var properties = _draft.Kind.Properties;
            return ordinal < properties.Length ? Element[ordinal]
                : ordinal == properties.Length ? Value.OfTicks(EventTime.TicksOf(_event.Time))
                : EventFields.Of(_draft, _event.Data, ordinal - properties.Length - 1);
        }
    }

    // Made only for rules that look at the element, and once for each.
    private ElementRecord Element => _element ??= new ElementRecord(_draft.Package, _draft.Kind, _draft.View(), _draft.Clock);
}
