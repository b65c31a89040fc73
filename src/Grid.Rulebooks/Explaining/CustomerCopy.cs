using Grid.Model.Bytes;
using Grid.Model.Customers;

namespace Grid.Rulebooks.Explaining;

/// <summary>A copy of a customer, for simulating facts on it.</summary>
internal static class CustomerCopy
{
    public static Customer From(Customer customer)
    {
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        var copy = new Customer();
        CustomerCodec.Decode(customer.Id, writer.ToArray(), copy);
        return copy;
    }
}
