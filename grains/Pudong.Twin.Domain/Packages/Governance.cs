using System.Collections.Immutable;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A measure of how well something works, defined over events and never typed in (DOMAIN.md, section 7).</summary>
/// <param name="Name">The exact name, such as <c>filing-rate</c>.</param>
/// <param name="Numerator">What is counted.</param>
/// <param name="Denominator">What it is divided by; null for a plain count.</param>
/// <param name="Window">How far back it looks, in milliseconds.</param>
public sealed record Indicator(string Name, EventCount Numerator, EventCount? Denominator, long Window)
{
    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The properties of elements that it is also published by, such as <c>town</c>.</summary>
    public ImmutableArray<string> Dimensions { get; init; } = [];
}

/// <summary>A number of events.</summary>
/// <param name="EventType">The event type that is counted.</param>
/// <param name="Where">A condition over the event's fields; null counts all.</param>
public sealed record EventCount(string EventType, Expression? Where);

/// <summary>A standardised governance scene: what it is for, who leads it and which parts of the package it uses (DOMAIN.md, section 2).</summary>
/// <param name="Name">In kebab case, such as <c>street-enforcement</c>.</param>
public sealed record Scene(string Name)
{
    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>What it is for.</summary>
    public LocalText? Purpose { get; init; }

    /// <summary>The one department that leads.</summary>
    public string? Lead { get; init; }

    /// <summary>The fields of governance it joins: economic, social, urban.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    /// <summary>The kinds of element it is about.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>The event types it listens to.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>The case types it opens.</summary>
    public ImmutableArray<string> Cases { get; init; } = [];

    /// <summary>The indicators that judge it.</summary>
    public ImmutableArray<string> Indicators { get; init; } = [];

    /// <summary>The roles of those who work in it.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>The data contracts it reads under.</summary>
    public ImmutableArray<string> Contracts { get; init; } = [];

    /// <summary>The ids of the laws it rests on.</summary>
    public ImmutableArray<string> LegalBasis { get; init; } = [];
}

/// <summary>What a department shares, for what, and for how long (DOMAIN.md, section 2).</summary>
/// <param name="Name">In kebab case.</param>
/// <param name="Owner">The department that owns the attributes.</param>
/// <param name="Kind">The kind of element whose attributes are shared.</param>
public sealed record DataContract(string Name, string Owner, string Kind)
{
    /// <summary>The attributes that are shared.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>The purposes for which they may be read; any other is refused.</summary>
    public ImmutableArray<string> Purposes { get; init; } = [];

    /// <summary>How fresh the values are promised to be, in milliseconds.</summary>
    public long Refresh { get; init; }

    /// <summary>How long they may be kept, in milliseconds.</summary>
    public long Retention { get; init; }
}

/// <summary>A law or regulation that rules and case types rest on.</summary>
/// <param name="Id">The id by which it is named.</param>
/// <param name="Title">Its title.</param>
public sealed record LegalBasis(string Id, LocalText Title)
{
    /// <summary>The article; null for the whole.</summary>
    public string? Article { get; init; }

    /// <summary>The first day it is in force; null when not stated.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day it is in force; null for an open end.</summary>
    public DateOnly? ValidTo { get; init; }
}
