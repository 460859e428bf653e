namespace Pudong.Twin.Domain.Risk;

/// <summary>One member of an area at a time.</summary>
/// <param name="Risk"><c>r</c>, 0 to 1.</param>
/// <param name="Exposure"><c>e</c>: how many incidents one incident counts for; 1 unless the package says otherwise.</param>
/// <param name="Band">The band as read at that time.</param>
public readonly record struct MemberRisk(double Risk, double Exposure, RiskBand Band);

/// <summary>The risk of an area, rolled up from its members: containment does not propagate.</summary>
/// <param name="Members">The number of members.</param>
/// <param name="ExpectedIncidents"><c>Σ r·e</c>.</param>
/// <param name="HighShare">The share of members in band C or D, 0 to 1; 0 without members.</param>
/// <param name="Percentile95">The 95th percentile of the members' risk, by nearest rank; 0 without members.</param>
/// <remarks>RISK-MODEL.md, section 7.</remarks>
public readonly record struct AreaRisk(int Members, double ExpectedIncidents, double HighShare, double Percentile95)
{
    /// <summary>Rolls up the members of an area.</summary>
    /// <param name="members">The members, in the order in which they are summed.</param>
    public static AreaRisk Of(ReadOnlySpan<MemberRisk> members)
    {
        if (members.IsEmpty)
        {
            return default;
        }

        var risks = new double[members.Length];
        var (incidents, high) = (0.0, 0);
        for (var i = 0; i < members.Length; i++)
        {
            risks[i] = members[i].Risk;
            incidents += members[i].Risk * members[i].Exposure;
            high += members[i].Band >= RiskBand.C ? 1 : 0;
        }

        Array.Sort(risks);
        // Whole numbers, because 0.95 is none: the rank is the smallest that is at least 95 of 100.
        var rank = ((members.Length * 95) + 99) / 100;
        return new AreaRisk(members.Length, incidents, (double)high / members.Length, risks[rank - 1]);
    }
}
