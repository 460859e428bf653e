using System.Collections.Frozen;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>A kind while it is read; a later package may still add to it.</summary>
internal sealed class KindDraft(string name)
{
    public string Name { get; } = name;

    public LocalText? Title { get; set; }

    public List<AttributeDefinition> Attributes { get; } = [.. ElementProperty.CommonAttributes];

    public List<ReadingDefinition> Readings { get; } = [];

    public BaseLoadRules BaseLoad { get; set; } = new([]);

    public ConsequenceRules Consequence { get; set; } = new(new Consequence(2), FrozenDictionary<string, Consequence>.Empty);

    public int RememberedEvents { get; set; } = 16;

    public int HistoryLength { get; set; } = 16;

    public int OpenCaseLimit { get; set; } = 16;

    public ElementKind Build(IEnumerable<string> domains) => new(Name, [.. domains], [.. Attributes], [.. Readings])
    {
        Title = Title,
        BaseLoad = BaseLoad,
        Consequence = Consequence,
        RememberedEvents = RememberedEvents,
        HistoryLength = HistoryLength,
        OpenCaseLimit = OpenCaseLimit,
    };
}
