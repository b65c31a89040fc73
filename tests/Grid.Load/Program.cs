using Grid.Load.Engine;

return args switch
{
    ["engine"] => await EngineCost.Measure(activations: 1_000_000),
    ["engine", var activations] => await EngineCost.Measure(int.Parse(activations)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Grid.Load engine [ACTIVATIONS]    what calls and idle grains of the in-process engine cost");
    return 2;
}
