namespace Grid.Tests.Erasures;

public sealed class ErasedPersonInMemory() : ErasedPerson(new KeptInMemory());

public sealed class ErasedPersonInAFile() : ErasedPerson(new KeptInAFile());

public sealed class ErasedPersonOnPostgres() : ErasedPerson(new KeptOnPostgres());
