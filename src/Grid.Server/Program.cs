Console.WriteLine("Grid");
