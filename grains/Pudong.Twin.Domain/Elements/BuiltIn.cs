namespace Pudong.Twin.Domain.Elements;

/// <summary>Names of the built-in event types that the kernel itself sends.</summary>
internal static class BuiltIn
{
    public const string RelationRemoved = "relation-removed";
    public const string RelationMirrored = "relation-mirrored";
    public const string EvidenceObserved = "evidence-observed";
    public const string EvidenceCleared = "evidence-cleared";
    public const string InfluenceChanged = "influence-changed";
    public const string InfluenceWanted = "influence-wanted";
    public const string DeadlinePassed = "deadline-passed";
}
