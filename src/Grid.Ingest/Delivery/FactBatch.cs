using Grid.Model.Customers;
using Grid.Model.Facts;

namespace Grid.Ingest.Delivery;

public sealed record FactBatch(IReadOnlyList<Fact> Facts);

public sealed record RecordReply(IReadOnlyList<FactOutcome> Outcomes);

public interface IFactTaker
{
    ValueTask<RecordReply> Record(CustomerId customer, FactBatch batch);
}
