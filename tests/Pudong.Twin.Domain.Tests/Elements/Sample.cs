using System.Globalization;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Tests.Elements;

/// <summary>Elements and events for tests, on <see cref="SmallPackage"/>.</summary>
internal static class Sample
{
    public const int Industry = 2;
    public const int Area = 3;
    public const string Source = "/tests";

    public static readonly ElementId Shop = ElementId.Parse("shop:s1");
    public static readonly ElementId NextDoor = ElementId.Parse("shop:s2");
    public static readonly ElementId Building = ElementId.Parse("building:b1");
    public static readonly ElementId Sensor = ElementId.Parse("sensor:g1");

    private static int _next;

    /// <summary>An hour of the sample day, in Unix milliseconds.</summary>
    public static long At(double hours) => 1_700_000_000_000 + (long)(hours * 3_600_000);

    public static TwinEvent Event(ElementId subject, string type, EventData data, double hours = 0, string? id = null) =>
        new(id ?? string.Create(CultureInfo.InvariantCulture, $"e{Interlocked.Increment(ref _next)}"), Source, type, subject, At(hours), data);

    public static TwinEvent Registered(ElementId subject, double hours = 0, params (int Attribute, Value Value)[] values) =>
        Event(subject, "element-registered", Attributes(values), hours);

    public static TwinEvent Observed(ElementId subject, double hours, params (int Attribute, Value Value)[] values) =>
        Event(subject, "attributes-observed", Attributes(values), hours);

    public static TwinEvent Related(ElementId subject, int relation, ElementId target, double hours = 0) =>
        Event(subject, "relation-added", new RelationData(relation, target), hours);

    public static TwinEvent Unrelated(ElementId subject, int relation, ElementId target, double hours = 0) =>
        Event(subject, "relation-removed", new RelationData(relation, target), hours);

    public static TwinEvent Evidence(ElementId subject, int type, double severity, double confidence, double hours, string? @case = null) =>
        Event(subject, "evidence-observed", new EvidenceData(type, severity, confidence) { Case = @case }, hours);

    public static TwinEvent Reading(ElementId subject, int reading, double value, double hours) =>
        Event(subject, "reading-received", new ReadingData(reading, value), hours);

    public static TwinEvent Case(ElementId subject, string what, string name, double hours, bool verified = false) =>
        Event(subject, what, new CaseData(name, "grid-case") { Verified = verified }, hours);

    public static AttributeData Attributes(params (int Attribute, Value Value)[] values) =>
        new([.. values.Select(value => new AttributeValue(value.Attribute, value.Value))], []);

    /// <summary>Folds events of one element and leaves their effects alone.</summary>
    public static ElementState Fold(ElementId id, params IEnumerable<TwinEvent> events) => Fold(SmallPackage.Instance, id, events);

    public static ElementState Fold(ModelPackage package, ElementId id, params IEnumerable<TwinEvent> events) =>
        events.Aggregate(ElementState.Unknown(id), (state, e) => Kernel.Apply(package, state, e).State);

    public static Transition Apply(ElementState state, TwinEvent e) => Kernel.Apply(SmallPackage.Instance, state, e);
}
