using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>How pieces of evidence of one type come together on one element.</summary>
/// <remarks>RISK-MODEL.md, section 2. The numbers are stored and travel.</remarks>
[GenerateSerializer, Alias("pudong.evidence-mode")]
public enum EvidenceMode
{
    /// <summary>Independent happenings, such as complaints and penalties, pile up.</summary>
    Add = 0,

    /// <summary>A level or latched state, such as an alarm: ten minutes of alarm are one alarm.</summary>
    Max = 1,
}
