using System.Collections.Immutable;
using YamlDotNet.Core;

namespace Pudong.Twin.Domain.Packages.Yaml;

/// <summary>Where something stands in a file of a package.</summary>
internal readonly record struct Place(SourceText Source, int Line, int Column);

/// <summary>A node of a YAML file that knows where it stands.</summary>
internal abstract record YamlNode(Place Place)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Description { get; }
}

/// <summary>A single value.</summary>
/// <param name="Place">Where it begins; for a block (<c>|</c> or <c>&gt;</c>) where the indicator stands.</param>
/// <param name="Value">The text after YAML's escapes and folding.</param>
/// <param name="Style">How it is written: a number or a truth value only counts as one when it is plain.</param>
/// <param name="Start">The offset of <paramref name="Place"/> in the file.</param>
internal sealed record YamlScalar(Place Place, string Value, ScalarStyle Style, int Start) : YamlNode(Place)
{
    public bool IsPlain => Style == ScalarStyle.Plain;

    /// <summary>Whether nothing is written, or only YAML's word for it.</summary>
    public bool IsEmpty => IsPlain && Value is "" or "~" or "null";

    public override string Description => IsEmpty ? "nothing" : $"'{(Value.Length > 40 ? Value[..39] + "…" : Value)}'";
}

/// <summary>A list.</summary>
internal sealed record YamlList(Place Place, ImmutableArray<YamlNode> Items) : YamlNode(Place)
{
    public override string Description => "a list";
}

/// <summary>A mapping; its keys are unique.</summary>
internal sealed record YamlMap(Place Place, ImmutableArray<YamlEntry> Entries) : YamlNode(Place)
{
    public override string Description => "a mapping";
}

/// <summary>A member of a mapping.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
