using Grid.Load.Engine;
using Grid.Load.Ledger;

return args switch
{
    ["engine"] => await EngineCost.Measure(activations: 1_000_000),
    ["engine", var activations] => await EngineCost.Measure(int.Parse(activations)),
    ["ledger"] => await LedgerCost.Measure(customers: 1_000_000, seconds: 10),
    ["ledger", var customers] => await LedgerCost.Measure(int.Parse(customers), seconds: 10),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Grid.Load engine [ACTIVATIONS]    what calls and idle grains of the in-process engine cost");
    Console.Error.WriteLine("       Grid.Load ledger [CUSTOMERS]      what durable changes cost on SQLite");
    return 2;
}
