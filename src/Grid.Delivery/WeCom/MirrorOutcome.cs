using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>A customer as WeCom knows it: a contact, and the member who added it.</summary>
/// <param name="UserId">Null when the customer has no such trait.</param>
/// <param name="ExternalUserId">Null when the customer has no such trait.</param>
public sealed record WeComCustomer(CustomerId Id, string? UserId, string? ExternalUserId)
{
    /// <summary>Reads the ids from traits; blank ones count as absent.</summary>
    /// <param name="traitOf">The value of a trait as text; null when the customer does not have it.</param>
    public static WeComCustomer From(CustomerId id, Func<string, string?> traitOf, WeComOptions options) =>
        new(id, Trimmed(traitOf(options.UserIdTrait)), Trimmed(traitOf(options.ExternalUserIdTrait)));

    private static string? Trimmed(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>The layer that a customer's tags should show.</summary>
/// <param name="Layer">Null when the customer is in no layer of the scheme: its tags are removed.</param>
public readonly record struct LayerTarget(string Scheme, string? Layer);

/// <summary>A customer with the layers that its tags should show.</summary>
public sealed record WantedLayers(WeComCustomer Customer, IReadOnlyList<LayerTarget> Layers);

/// <summary>Why a customer has no contact in WeCom whose tags could show its layers.</summary>
public enum NotLinkedReason
{
    /// <summary>The trait with the member's userid is missing.</summary>
    NoUserId,

    /// <summary>The trait with the external_userid is missing.</summary>
    NoExternalUserId,

    /// <summary>WeCom does not know the external_userid (40096).</summary>
    UnknownContact,

    /// <summary>WeCom does not know the userid (40003, 60111).</summary>
    UnknownMember,

    /// <summary>The member has not added the contact, or has deleted it (84061, or not among the contact's members).</summary>
    NotAContact,
}

/// <summary>What became of showing a customer's layers as tags.</summary>
public abstract record MirrorOutcome;

/// <summary>The tags show the layers.</summary>
/// <param name="Added">Tags added by this call.</param>
/// <param name="Removed">Tags removed by this call.</param>
public sealed record Mirrored(int Added, int Removed) : MirrorOutcome;

/// <summary>The customer has no contact in WeCom; a change of its traits is needed.</summary>
public sealed record NotLinked(NotLinkedReason Reason) : MirrorOutcome;

/// <summary>Not before <paramref name="Until"/>; nothing was changed, or it is not known whether. A repeat is harmless.</summary>
public sealed record MirrorDeferred(Instant Until, string Reason) : MirrorOutcome;

/// <summary>WeCom refuses, or a layer has no tag. An operator must act.</summary>
/// <param name="Code">WeCom's code; 0 when the adapter refuses by itself.</param>
public sealed record MirrorRefused(int Code, string Message) : MirrorOutcome;

/// <summary>A customer whose tags WeCom refuses to change.</summary>
public sealed record ResyncRefusal(CustomerId Customer, int Code, string Message);

/// <summary>What a resync found and changed. Unchanged + changed + not linked + refused + pending = the customers given.</summary>
public sealed record ResyncReport
{
    /// <summary>The reading of the tags that the resync began with.</summary>
    public required CatalogueOutcome Catalogue { get; init; }

    /// <summary>Customers whose tags were right.</summary>
    public int Unchanged { get; init; }

    /// <summary>Customers whose tags were changed.</summary>
    public int Changed { get; init; }

    public int TagsAdded { get; init; }

    public int TagsRemoved { get; init; }

    /// <summary>Customers without a contact, by reason.</summary>
    public required IReadOnlyDictionary<NotLinkedReason, int> NotLinked { get; init; }

    public int Refused { get; init; }

    /// <summary>The first <see cref="WeComLimits.ResyncRefusalsMax"/> refusals.</summary>
    public required IReadOnlyList<ResyncRefusal> Refusals { get; init; }

    /// <summary>Customers that were not reached, in the order given: a further resync of them may begin at <see cref="ResumeAt"/>.</summary>
    public required IReadOnlyList<WantedLayers> Pending { get; init; }

    /// <summary>Null when none is pending.</summary>
    public Instant? ResumeAt { get; init; }

    /// <summary>Null when none is pending.</summary>
    public string? PendingReason { get; init; }
}
