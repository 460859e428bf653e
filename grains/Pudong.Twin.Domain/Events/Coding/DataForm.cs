namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>In which form the data of an event is written. The numbers are part of the format: append new ones, leave old ones alone.</summary>
internal enum DataForm : byte
{
    None = 0,
    Fields = 1,
    Attributes = 2,
    Relation = 3,
    Reading = 4,
    Evidence = 5,
    EvidenceEnd = 6,
    Case = 7,
    Mirror = 8,
    InfluenceChanged = 9,
    InfluenceWanted = 10,
    Deadline = 11,
    Activation = 12,
}
