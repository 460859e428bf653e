namespace Pudong.Twin.Query.Evaluation;

/// <summary>One record that an expression is evaluated on: an element, an event, a row of a table.</summary>
public interface IRecord
{
    /// <summary>The value of a queryable.</summary>
    /// <param name="ordinal">The queryable's place in the <see cref="Schemas.Schema"/> the expression was bound to, from 0.</param>
    /// <returns>A value of the queryable's type, or <see cref="Value.Null"/>.</returns>
    Value this[int ordinal] { get; }
}

/// <summary>What an evaluation can see: the record, and the moment that <c>now()</c> means.</summary>
/// <param name="Record">The record.</param>
/// <param name="NowTicks">UTC ticks of 100 ns of <c>now()</c>, the same for a whole query.</param>
public readonly record struct Scope(IRecord Record, long NowTicks);
