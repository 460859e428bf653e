using System.Globalization;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Whether an event may be applied at all.</summary>
/// <remarks>The edge has checked it against the package of that moment; the kernel checks again what a newer package, another event or a hand-made event may have changed.</remarks>
internal static class Admission
{
    // What attributes and relations can keep as a time, with a century to spare on either side.
    private static readonly long Earliest = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Latest = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>What forbids an event; null when it may be applied.</summary>
    public static Refusal? MistakeIn(ModelPackage package, ElementKind? kind, EventType? type, ElementState state, TwinEvent e)
    {
        if (kind is null)
        {
            return Because(RefusalReason.UnknownKind, $"Package {package.Version} has no kind of element '{state.Id.Kind}', so {state.Id} can take no events.");
        }

        if (type is null)
        {
            return Because(RefusalReason.UnknownEventType, $"Package {package.Version} has no event type '{e.Type}'.");
        }

        if (!type.MayBeAbout(kind.Name))
        {
            return Because(RefusalReason.KindNotAllowed, $"Event type '{type.Name}' of package {package.Version} is not about elements of kind '{kind.Name}'.");
        }

        if (e.Time < Earliest || e.Time >= Latest)
        {
            return Because(RefusalReason.InvalidTime, string.Create(CultureInfo.InvariantCulture, $"Event '{e.Id}' has time {e.Time} ms; expected one from 1900 to 2199."));
        }

        if (e.ExpectedRevision is { } expected && expected != state.Revision)
        {
            return Because(
                RefusalReason.StaleRevision,
                string.Create(CultureInfo.InvariantCulture, $"Element {state.Id} is at revision {state.Revision}; event '{e.Id}' expects {expected}. Read it again and decide anew."));
        }

        return LifeOf(state, type, e);
    }

    // Derived events reach elements that were never registered, too: whoever names them in a relation makes them known.
    private static Refusal? LifeOf(ElementState state, EventType type, TwinEvent e)
    {
        if (e.Cause is not null || type.Internal || type.Action == EventAction.Register)
        {
            return null;
        }

        if (state.IsRetired)
        {
            return Because(RefusalReason.ElementRetired, $"Element {state.Id} has retired; only a new registration brings it back.");
        }

        return state.IsRegistered ? null : Because(RefusalReason.ElementUnknown, $"Element {state.Id} was never registered; send 'element-registered' first.");
    }

    private static Refusal Because(RefusalReason reason, string message) => new(reason, message, "");
}
