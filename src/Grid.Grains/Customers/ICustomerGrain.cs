using Grid.Model.Answers;
using Grid.Model.Facts;

namespace Grid.Grains.Customers;

/// <summary>One customer: the only writer of its row.</summary>
[Alias("grid.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Takes facts in and answers when what they changed is durable.</summary>
    [Alias("Record")]
    ValueTask<RecordReply> Record(FactBatch batch);

    /// <summary>Works off what is due now. Without anything due it costs no commit.</summary>
    /// <param name="edition">The rules it is done by are of this edition or a later one.</param>
    [Alias("Advance")]
    ValueTask Advance(long edition);

    /// <summary>Null for a customer that nothing is known of.</summary>
    [Alias("View")]
    ValueTask<CustomerView?> View();

    /// <summary>Null for a customer that nothing is known of, or a scheme that there is none of.</summary>
    [Alias("Explain")]
    ValueTask<Explanation?> Explain(string scheme);

    /// <summary>
    /// Forgets the person: it leaves its layers, its row goes, and its name is taken out of the log. What is sent of it afterwards begins a
    /// new customer. Calling again is safe.
    /// </summary>
    /// <returns>False when nothing was known of it.</returns>
    [Alias("Erase")]
    ValueTask<bool> Erase();

    /// <summary>Null for a customer that nothing is known of.</summary>
    [Alias("Forecast")]
    ValueTask<Forecast?> Forecast();
}

/// <summary>Facts of one customer, in the order they came. Between processes they are the model's own bytes.</summary>
[Immutable]
public sealed record FactBatch(IReadOnlyList<Fact> Facts);

/// <summary>One outcome per fact of the batch.</summary>
[Immutable]
public sealed record RecordReply(IReadOnlyList<FactOutcome> Outcomes);
