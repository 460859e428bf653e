using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Query.Schemas;
using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Domain.Packages;

/// <summary>The event types that every package has, because the kernel itself knows what to do with them.</summary>
/// <remarks>Rules may follow on all but the internal ones and name their fields as <c>event.…</c>. The data of each is described in deploy/packages/README.md.</remarks>
public static class BuiltInEvents
{
    private static readonly AttributeDefinition[] None = [];

    /// <summary>The types in the order in which packages list them.</summary>
    public static ImmutableArray<EventType> All { get; } =
    [
        Of("element-registered", EventAction.Register, "要素登记", "Element registered", None),
        Of("element-retired", EventAction.Retire, "要素注销", "Element retired", None),
        Of("attributes-observed", EventAction.ObserveAttributes, "属性更新", "Attributes observed", None),
        Of("relation-added", EventAction.AddRelation, "关系建立", "Relation added", Text("relation"), Text("target")),
        Of("relation-removed", EventAction.RemoveRelation, "关系解除", "Relation removed", Text("relation"), Text("target")),
        Of("evidence-observed", EventAction.ObserveEvidence, "发现风险迹象", "Evidence observed", Text("evidence"), Number("severity"), Number("confidence"), Text("case")),
        Of("evidence-cleared", EventAction.ClearEvidence, "风险迹象解除", "Evidence cleared", Text("evidence")),
        Of("evidence-withdrawn", EventAction.WithdrawEvidence, "风险迹象撤销", "Evidence withdrawn", Text("evidence")),
        Of("reading-received", EventAction.ReceiveReading, "收到读数", "Reading received", Text("reading"), Number("value")),
        Of("case-opened", EventAction.OpenCase, "事项立案", "Case opened", Text("case"), Text("caseType")),
        Of("case-closed", EventAction.CloseCase, "事项结案", "Case closed", Text("case"), Text("caseType"), Truth("verified")),
        Of("case-reopened", EventAction.ReopenCase, "事项重启", "Case reopened", Text("case"), Text("caseType")),
        Internal("relation-mirrored", EventAction.MirrorRelation, "关系镜像", "Relation mirrored"),
        Internal("influence-changed", EventAction.ChangeInfluence, "影响变化", "Influence changed"),
        Internal("influence-wanted", EventAction.WantInfluence, "影响询问", "Influence wanted"),
        Internal("deadline-passed", EventAction.PassDeadline, "期限届满", "Deadline passed"),
        Internal("package-activated", EventAction.ActivatePackage, "模型包启用", "Package activated"),
    ];

    /// <summary>Whether a name is taken by a built-in type.</summary>
    /// <param name="name">The name of an event type.</param>
    public static bool Contains(string name) => Names.Contains(name);

    private static FrozenSet<string> Names { get; } = All.Select(type => type.Name).ToFrozenSet(StringComparer.Ordinal);

    private static EventType Of(string name, EventAction action, string chinese, string english, params AttributeDefinition[] fields) =>
        new(name, action) { Title = new LocalText(chinese, english), Fields = [.. fields.Select((field, ordinal) => field with { Ordinal = ordinal })] };

    private static EventType Internal(string name, EventAction action, string chinese, string english) =>
        Of(name, action, chinese, english) with { Internal = true };

    private static AttributeDefinition Text(string name) => new(new Queryable(name, QueryableType.Text), 0);

    private static AttributeDefinition Number(string name) => new(new Queryable(name, QueryableType.Number), 0);

    private static AttributeDefinition Truth(string name) => new(new Queryable(name, QueryableType.Boolean), 0);
}
