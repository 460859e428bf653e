using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Domain.Elements;

/// <summary>An element while one event is being applied: the only place where anything changes. It lives as long as one call of the kernel, and no reference to it may stay.</summary>
internal sealed class Draft
{
    // One for each thread: at millions of events a second a new one each would be half of all that is allocated.
    [ThreadStatic]
    private static Draft? _spare;

    private readonly List<RiskAction> _actions = [];
    private readonly List<Effect> _effects = [];
    private readonly List<int> _changedAttributes = [];

    // The attributes unpacked, once one of them changes.
    private List<ObservedValue>? _observed;

    private Draft()
    {
    }

    /// <summary>Begins to apply an event. The draft before it on this thread is thereby over.</summary>
    public static Draft Of(ModelPackage package, ElementKind kind, ElementState before, TwinEvent cause, LogPosition position)
    {
        var draft = _spare ??= new Draft();
        draft.Package = package;
        draft.Kind = kind;
        draft.Before = before;
        draft.Event = cause;
        draft.Position = position;
        draft.Clock = Math.Max(before.Clock, cause.Time);
        draft.Revision = (int)before.Revision;
        draft.IsRegistered = before.IsRegistered;
        draft.IsRetired = before.IsRetired;
        draft.NextDue = before.NextDue;
        draft.Profile = before.Profile;
        draft.Risk = before.Risk;
        draft.Readings = before.Readings;
        draft.Memory = before.Memory;
        draft.Refusal = null;
        draft.HasChanged = false;
        draft.IsNotable = false;
        draft._observed = null;
        draft._actions.Clear();
        draft._effects.Clear();
        draft._changedAttributes.Clear();
        return draft;
    }

    /// <summary>The package in force.</summary>
    public ModelPackage Package { get; private set; } = null!;

    /// <summary>The element's kind in the package.</summary>
    public ElementKind Kind { get; private set; } = null!;

    /// <summary>The element before the event.</summary>
    public ElementState Before { get; private set; } = null!;

    /// <summary>The event from the log; rules may raise further ones, which happen within it.</summary>
    public TwinEvent Event { get; private set; } = null!;

    /// <summary>The event's place in the log.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>T, this event included.</summary>
    public long Clock { get; private set; }

    public int Revision { get; set; }

    public bool IsRegistered { get; set; }

    public bool IsRetired { get; set; }

    public long NextDue { get; set; }

    public Profile Profile { get; set; } = Profile.Empty;

    public RiskState Risk { get; set; } = RiskState.Quiet;

    public ImmutableArray<ReadingState> Readings { get; set; }

    public EventMemory Memory { get; set; }

    /// <summary>Whether the event changed anything but what the element remembers.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Whether a change is worth a line of the timeline; a plain reading is not.</summary>
    public bool IsNotable { get; private set; }

    /// <summary>Why the event must be refused after all; null so far. Nothing of a refused draft survives.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>What the event does to the element's own evidence, in order.</summary>
    public ReadOnlySpan<RiskAction> Actions => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_actions);

    /// <summary>Ordinals of the attributes that got another value, in the order in which they did.</summary>
    public ImmutableArray<int> ChangedAttributes => [.. _changedAttributes.Where(IsDeclared).Distinct().Order()];

    public ImmutableArray<Effect> Effects => _effects.Count == 0 ? [] : [.. _effects];

    /// <summary>Notes that something changed.</summary>
    /// <param name="notable">Whether it is worth a line of the timeline.</param>
    public void Changed(bool notable = true)
    {
        HasChanged = true;
        IsNotable |= notable;
    }

    /// <summary>Refuses the event; the first reason stays.</summary>
    public void Refuse(RefusalReason reason, string message) => Refusal ??= new Refusal(reason, message, "");

    /// <summary>Adds something for elsewhere.</summary>
    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>Adds something that happens to the element's own evidence.</summary>
    public void Add(RiskAction action)
    {
        _actions.Add(action);
        Changed();
    }

    /// <summary>An attribute, or the name, was observed.</summary>
    public void Observe(in ObservedValue observed)
    {
        _observed ??= [.. Profile.Attributes.ToArray()];
        var ordinal = observed.Ordinal;
        var place = _observed.FindIndex(known => known.Ordinal == ordinal);
        if (place >= 0 && !observed.Replaces(_observed[place]))
        {
            return;
        }

        if (place >= 0)
        {
            _observed[place] = observed;
        }
        else
        {
            _observed.Add(observed);
        }

        _changedAttributes.Add(ordinal);
        Changed();
    }

    /// <summary>Packs the attributes again, if any has changed since.</summary>
    public void PackAttributes()
    {
        if (_observed is not null)
        {
            Profile = Profile with { Attributes = AttributeSet.Of(_observed) };
            _observed = null;
        }
    }

    /// <summary>The base load that follows from the attributes as they now are, in nats.</summary>
    public double BaseLoad()
    {
        PackAttributes();
        return Profile.Under(Package, Kind).Base.Amount;
    }

    /// <summary>Whether attributes changed that the base load may depend on.</summary>
    public bool HasChangedAttributes => _changedAttributes.Count > 0;

    /// <summary>The element as it now stands, for rules to look at: what the event has done to its evidence so far is weighed already.</summary>
    public ElementState View()
    {
        PackAttributes();
        var weighed = Risk;
        if (_actions.Count > 0)
        {
            var context = new RiskContext(Package.Risk, Before.Id, Profile.Under(Package, Kind).Neighbourhood, BaseLoad(), Clock);
            Risk = RiskModel.Apply(context, weighed, Actions).State;
        }

        var view = new ElementState(this);
        Risk = weighed;
        return view;
    }

    private static bool IsDeclared(int ordinal) => ordinal != ObservedValue.NameOrdinal;
}
