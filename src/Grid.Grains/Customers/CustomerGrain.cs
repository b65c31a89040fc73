using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Customers;

/// <summary>
/// Hosts the writer of a customer's row; <see cref="IdleCustomers"/> are written without it. A stale activation deactivates itself, and the next call
/// reads the row again.
/// </summary>
public sealed class CustomerGrain(CustomerServices services, ICustomerMemory memory) : Grain, ICustomerGrain
{
    private CustomerWriter _customer = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await memory.MakeRoom(cancellationToken);
        _customer = new CustomerWriter(new CustomerId(this.GetPrimaryKeyString()), services);
        await _customer.Load(cancellationToken);
    }

    public async ValueTask<RecordReply> Record(FactBatch batch)
    {
        services.Events.Begin();
        try
        {
            return new RecordReply(await _customer.Record(batch.Facts));
        }
        catch (StaleCustomerException)
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            services.Events.End();
        }
    }

    public async ValueTask<CommittedCustomer?> Advance(long epoch, long version)
    {
        try
        {
            return await _customer.Advance(epoch, version);
        }
        catch (StaleCustomerException)
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public async ValueTask<bool> Erase()
    {
        try
        {
            return await _customer.Erase();
        }
        catch (StaleCustomerException)
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public ValueTask<CustomerState?> Read() => new(_customer.Read());
}
