namespace Pudong.Twin.Storage.States;

/// <summary>A stored state is not what was written: a chunk is missing, or its checksum is wrong, or the manifest is.</summary>
/// <param name="message">One sentence that names what is wrong; adapters add the record's name.</param>
/// <param name="inner">The fault that showed it, if there is one.</param>
public sealed class StateDamagedException(string message, Exception? inner = null) : Exception(message, inner);
