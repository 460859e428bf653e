namespace Pudong.Twin.Domain.Risk;

/// <summary>Which way influence runs along a relation.</summary>
public enum RelationDirection
{
    /// <summary>From the element that owns the relation to its other end.</summary>
    FromOwner = 0,

    /// <summary>From the other end to the element that owns the relation.</summary>
    ToOwner = 1,
}
