using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class EraseContract : LedgerContract
{
    private protected EraseContract(ILedgerStore store)
        : base(store)
    {
    }

    [Fact]
    public async Task ErasedCustomerIsUnknownAndOthersStay()
    {
        await Committed(new Shopper("ada").Buys(Shopper.Start));
        await Committed(new Shopper("bob").Buys());
        (await Ledger.Erase(new CustomerId("ada"), Cancellation)).ShouldBeTrue();
        (await Ledger.Load(new CustomerId("ada"), Cancellation)).ShouldBeNull();
        (await Ledger.Load(new CustomerId("bob"), Cancellation)).ShouldNotBeNull();
        (await Ledger.Due(Shopper.Start, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task UnknownCustomerCannotBeErased() =>
        (await Ledger.Erase(new CustomerId("nobody"), Cancellation)).ShouldBeFalse();

    [Fact]
    public async Task LogKeepsItsTransitionsUnderAnotherName()
    {
        var (ada, adam) = (new Shopper("ada"), new Shopper("adam"));
        await Committed(ada.Buys(null, "journey - first", "lifecycle - new"));
        await Committed(adam.Buys(null, "journey - first"));
        await Committed(ada.Buys(null, "journey first repeat"));
        var before = await WholeLog();
        await Ledger.Erase(ada.Id, Cancellation);
        var after = await WholeLog();
        after.Select(item => (item.Sequence, item.Transition.Scheme, item.Transition.From, item.Transition.To))
            .ShouldBe(before.Select(item => (item.Sequence, item.Transition.Scheme, item.Transition.From, item.Transition.To)));
        after.ShouldNotContain(item => item.Transition.Customer == ada.Id);
        after.Count(item => item.Transition.Customer == adam.Id).ShouldBe(1);
        after.Where(item => item.Transition.Customer != adam.Id).Select(item => item.Transition.Customer).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task ThoseErasedAtOnceLoseTheirNamesInPagesThatTheyShare()
    {
        var shoppers = Enumerable.Range(0, 40).Select(number => new Shopper($"shopper-{number}")).ToList();
        await Task.WhenAll(shoppers.Select(shopper => Committed(shopper.Buys(null, "journey - first"))));
        var (leaving, staying) = (shoppers[..30], shoppers[30..]);

        (await Task.WhenAll(leaving.Select(shopper => Ledger.Erase(shopper.Id, Cancellation).AsTask()))).ShouldAllBe(existed => existed);

        var named = (await WholeLog()).Select(item => item.Transition.Customer).ToList();
        named.Count.ShouldBe(shoppers.Count);
        named.Intersect(shoppers.Select(shopper => shopper.Id)).ShouldBe(staying.Select(shopper => shopper.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task ErasedCustomerMayComeAgainFromTheBeginning()
    {
        await Committed(new Shopper("ada").Buys(null, "journey - first"));
        await Ledger.Erase(new CustomerId("ada"), Cancellation);
        await Committed(new Shopper("ada").Buys(null, "journey - first"));
        (await Ledger.Load(new CustomerId("ada"), Cancellation)).ShouldNotBeNull().Version.ShouldBe(1);
        (await WholeLog()).Select(item => item.Transition.Customer.Value == "ada").ShouldBe([false, true]);
    }

    [Fact]
    public async Task RejectsOfTheCustomerGoToo()
    {
        var ofAda = new Reject(Shopper.Start, "ada", "m1", "no", "batch[0]", [1]);
        await Ledger.Reject([ofAda, ofAda with { Customer = "bob" }]);
        await Ledger.Erase(new CustomerId("ada"), Cancellation);
        (await Ledger.Rejects(0, 10, Cancellation)).Select(kept => kept.Item.Customer).ShouldBe(["bob"]);
    }
}
