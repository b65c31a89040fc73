using Grid.Load.Baselines;
using Grid.Load.Clusters;
using Grid.Load.Fuzz;
using Grid.Load.Heads;
using Grid.Load.Http;
using Grid.Load.Ingest;
using Grid.Load.Ledger;
using Grid.Load.Populations;
using Grid.Load.Postgres;
using Grid.Load.Previews;
using Grid.Load.Trickles;
using Grid.Load.Turns;

return args switch
{
    ["baseline"] => PublicationCost.Measure(customers: 1_000_000),
    ["baseline", var customers] => PublicationCost.Measure(int.Parse(customers)),
    ["fuzz", .. var words] => FuzzOptions.Parse(words) is { } options ? await MutatedLoad.Run(options) : Usage(),
    ["heads"] => await HeadCost.Measure(customers: 1_000_000),
    ["heads", var customers] => await HeadCost.Measure(int.Parse(customers)),
    ["cluster", .. var words] => ClusterCostOptions.Parse(words) is { } options ? await ClusterCost.Measure(options) : Usage(),
    ["http", .. var words] => HttpCostOptions.Parse(words) is { } options ? await HttpCost.Measure(options) : Usage(),
    ["ledger"] => await LedgerCost.Measure(customers: 1_000_000, seconds: 10),
    ["ledger", var customers] => await LedgerCost.Measure(int.Parse(customers), seconds: 10),
    ["overdue", .. var words] => HttpCostOptions.Parse(words) is { } options ? await OverdueAfterStop.Measure(options) : Usage(),
    ["parse"] => ParseCost.Measure(seconds: 10),
    ["parse", var seconds] => ParseCost.Measure(int.Parse(seconds)),
    ["population"] => await PopulationCost.Measure(customers: 1_000_000),
    ["population", var customers] => await PopulationCost.Measure(int.Parse(customers)),
    ["postgres", .. var words] => PostgresCostOptions.Parse(words) is { } options ? await PostgresCost.Measure(options) : Usage(),
    ["preview"] => await PreviewCost.Measure(customers: 1_000_000),
    ["preview", var customers] => await PreviewCost.Measure(int.Parse(customers)),
    ["publish", .. var words] => HttpCostOptions.Parse(words) is { } options ? await PublishUnderLoad.Measure(options) : Usage(),
    ["trickle", .. var words] => TrickleOptions.Parse(words) is { } options ? await TrickleLoad.Measure(options) : Usage(),
    ["turn"] => TurnCost.Measure(seconds: 3),
    ["turn", var seconds] => TurnCost.Measure(int.Parse(seconds)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Grid.Load baseline [CUSTOMERS]   what a publication of cut-offs costs before anybody is woken");
    Console.Error.WriteLine("       Grid.Load fuzz --url ADDRESS… (--inputs N | --seconds N) [--seed S] [--connections N] [--key KEY]");
    Console.Error.WriteLine("                                         whether running servers answer mutated inputs without a 5xx");
    Console.Error.WriteLine("       Grid.Load heads [CUSTOMERS]       what partitions read when they are filled");
    Console.Error.WriteLine("       Grid.Load cluster --postgres CONNECTION [--customers N] [--seconds N] [--calls N]");
    Console.Error.WriteLine("                                         what durable events cost that a client of a running cluster records");
    Console.Error.WriteLine("       Grid.Load http [--customers N] [--seconds N] [--connections N] [--data FOLDER] [--server DLL] [--postgres CONNECTION|own]");
    Console.Error.WriteLine("                                         what durable events cost over HTTP, against a server of its own");
    Console.Error.WriteLine("       Grid.Load ledger [CUSTOMERS]      what durable changes cost on SQLite");
    Console.Error.WriteLine("       Grid.Load overdue [as http]       whether events wait while customers are woken that fell due in a stop");
    Console.Error.WriteLine("       Grid.Load parse [SECONDS]         how many events a core reads from batches");
    Console.Error.WriteLine("       Grid.Load population [CUSTOMERS]  what looking at every customer costs");
    Console.Error.WriteLine("       Grid.Load postgres [--customers N] [--seconds N] [--committers N,N] [--connection STRING]");
    Console.Error.WriteLine("                                         what durable changes cost on PostgreSQL, beside a statement per call");
    Console.Error.WriteLine("       Grid.Load preview [CUSTOMERS]     what trying a rulebook out on everybody costs");
    Console.Error.WriteLine("       Grid.Load publish [as http]       whether events wait while a new rulebook moves through the population");
    Console.Error.WriteLine("       Grid.Load trickle [--url ADDRESS] [--connections N] [--bytes N] [--seconds N] [--key KEY]");
    Console.Error.WriteLine("                                         how long a sender waits beside bodies that come byte by byte");
    Console.Error.WriteLine("       Grid.Load turn [SECONDS]          what one turn of a customer costs a core");
    return 2;
}
