namespace Grid.Api;

/// <summary>Marks an endpoint that a browser opens without headers, by a link or a socket: it takes a ticket in the address instead of a key.</summary>
public sealed class TicketAccepted;
