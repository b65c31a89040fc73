namespace Grid.Ledger.Outbox;

/// <summary>How far a trigger has read the log, and its state as of that position.</summary>
public sealed record TriggerPosition(string Position, byte[] State);
