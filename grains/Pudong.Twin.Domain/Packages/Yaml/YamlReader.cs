using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Pudong.Twin.Domain.Packages.Yaml;

/// <summary>Reads a file into nodes, within bounds. Anchors, aliases, tags and several documents in a file have no place in a package.</summary>
internal sealed class YamlReader(SourceText source, PackageErrors errors, PackageLimits limits)
{
    private readonly Parser _parser = new(new StringReader(source.Text));
    private Place _last = new(source, 1, 1);
    private int _nodes;

    /// <summary>Reads the file.</summary>
    /// <returns>Its mapping, or null when there is none to go on with; the errors say why.</returns>
    public YamlMap? Read()
    {
        if (source.Text.Length > limits.FileLength)
        {
            errors.Add(new Place(source, 1, 1), $"The file has {source.Text.Length} characters; expected at most {limits.FileLength}.");
            return null;
        }

        try
        {
            return ReadDocument();
        }
        catch (YamlException mistake)
        {
            errors.Add(At(mistake.Start), $"This is not YAML: {Sentence(mistake)}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The library gives up without saying where; it was at most one value further.
            errors.Add(_last, "This is not YAML: its brackets, dashes or colons do not fit together from here on; expected a mapping or a list that ends.");
            return null;
        }
        catch (StopReading)
        {
            return null;
        }
    }

    private YamlMap? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            errors.Add(new Place(source, 1, 1), "The file is empty; expected a mapping with sections such as 'package' or 'kinds'.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            errors.Add(At(second.Start), "A second document begins here; expected one document in a file.");
        }

        if (root is not YamlMap map)
        {
            errors.Add(root.Place, $"Found {root.Description}; expected a mapping with sections such as 'package' or 'kinds'.");
            return null;
        }

        return map;
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Current ?? throw new StopReading();
        var place = _last = At(next.Start);
        if (++_nodes > limits.Nodes)
        {
            Stop(place, $"The file has more than {limits.Nodes} values, lists and mappings; split it or make it smaller.");
        }

        if (depth > limits.Depth)
        {
            Stop(place, $"Lists and mappings are nested more than {limits.Depth} deep here; expected less.");
        }

        RefuseSharing(next, place);
        return next switch
        {
            Scalar => ReadScalar(place),
            SequenceStart => ReadList(place, depth),
            _ => ReadMap(place, depth),
        };
    }

    private YamlScalar ReadScalar(Place place)
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(place, scalar.Value, scalar.Style, (int)scalar.Start.Index);
    }

    private YamlList ReadList(Place place, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlList(place, items.DrainToImmutable());
    }

    private YamlMap ReadMap(Place place, int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var keys = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                errors.Add(key.Place, $"Found {key.Description} as a name; expected a plain name before the colon.");
            }
            else if (!keys.TryAdd(name.Value, name))
            {
                errors.Add(name.Place, $"The name '{name.Value}' stands twice, first in line {keys[name.Value].Place.Line}; expected each name once.");
            }
            else
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        return new YamlMap(place, entries.DrainToImmutable());
    }

    private void RefuseSharing(ParsingEvent next, Place place)
    {
        if (next is AnchorAlias alias)
        {
            Stop(place, $"The alias '*{alias.Value}' has no place in a package; write the value out.");
        }

        if (next is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            errors.Add(place, $"The anchor '&{anchored.Anchor}' has no place in a package; leave it out.");
        }

        if (next is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            errors.Add(place, $"The tag '{tagged.Tag}' has no place in a package; leave it out.");
        }
    }

    private void Stop(Place place, string message)
    {
        errors.Add(place, message);
        throw new StopReading();
    }

    private Place At(Mark mark) => new(source, (int)mark.Line, (int)mark.Column);

    private static string Sentence(YamlException mistake)
    {
        // The library puts the place before its message; errors of packages show it already.
        var message = mistake.Message;
        var colon = message.IndexOf("): ", StringComparison.Ordinal);
        message = colon >= 0 ? message[(colon + 3)..] : message;
        return message.EndsWith('.') ? message : message + ".";
    }

    /// <summary>Nothing more can be read from this file; its error is noted.</summary>
    private sealed class StopReading : Exception;
}
