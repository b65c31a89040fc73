using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class BrokenComparisonTests
{
    public static TheoryData<string, int, string> Cases { get; } = FaultCases.WithCarets(
        """
        orders => 2
               ^ "=>" is no operator; write >=.
        orders == 2
               ^ "==" is no operator; write =.
        orders ≥ 2
               ^ "≥" is no operator; write >=.
        orders <> 2
               ^ "<>" is no operator; write !=.
        orders is 2
               ^ "is" is no operator; write =.
        orders between 2
               ^ "between" is no operator; write two comparisons under "all:".
        orders 2
               ^ An operator is missing; found "2". The operators are >=, <=, >, <, =, !=, in, has and lacks.
        orders
              ^ An operator is missing; found the end. The operators are >=, <=, >, <, =, !=, in, has and lacks.
        orders >=
                 ^ A value is missing after ">="; found the end. Write for example "orders(90d) >= 2".
        orders >= 2 and spend > 3
                    ^ Write one comparison per line; join several with "all: [a, b]".
        orders >= 2 && spend > 3
                    ^ Write one comparison per line; join several with "all: [a, b]".
        orders >= 2 || spend > 3
                    ^ Write one comparison per line; join several with "any: [a, b]".
        orders >= 2 or spend > 3
                    ^ Write one comparison per line; join several with "any: [a, b]".
        orders >= 2 now
                    ^ The comparison ends before "now"; remove it, or put a value of several words in quotes.
        spend >= 1,000
                  ^ A number has no separators and one value no comma; write 1000 for 1,000, or "in [a, b]".
        recency >= 90 days
                   ^ "90 days" is no span of time; write 90d.
        recency >= 90days
                   ^ "90days" is no span of time; write 90d.
        recency >= 90 d
                   ^ "90 d" is no span of time; write 90d.
        recency >= 90D
                   ^ "90D" is no span of time; write 90d.
        recency >= 3 months
                   ^ "3 months" is no span of time; write its days, such as 30d for a month.
        recency >= 90天
                   ^ "90天" is no span of time; write 90d.
        recency >= 2w
                   ^ "2w" is no span of time; write its days, such as 7d for a week.
        orders(90d >= 2
                   ^ A comma or ")" is missing; found ">=".
        orders() >= 2
              ^ "orders()" has nothing between its parentheses; leave them out or write for example "orders(90d)".
        orders(,90d) >= 2
               ^ A value is missing here; found ",". Write for example "orders(90d)".
        orders(90d,) >= 2
                   ^ A value is missing here; found ")". Write for example "orders(90d)".
        orders(90d 30d) >= 2
                   ^ A comma or ")" is missing; found "30d".
        orders(90d)) >= 2
                   ^ An operator is missing; found ")". The operators are >=, <=, >, <, =, !=, in, has and lacks.
        3orders >= 2
        ^ A comparison begins with the name of a metric; found "3orders". Write for example "orders(90d) >= 2".
        score..r >= 2
        ^ A comparison begins with the name of a metric; found "score..r". Write for example "orders(90d) >= 2".
        score. >= 2
        ^ A comparison begins with the name of a metric; found "score.". Write for example "orders(90d) >= 2".
        2 <= orders
        ^ A comparison begins with the name of a metric; found "2". Write for example "orders(90d) >= 2".
        (orders >= 2)
        ^ A comparison begins with the name of a metric; found "(". Write for example "orders(90d) >= 2".
        trait(city) = "New York
                      ^ The text "New York does not end; close its quote.
        trait(city) = New York
                          ^ The comparison ends before "York"; remove it, or put a value of several words in quotes.
        'trait(city) = "New York'
                       ^ The text "New York does not end; close its quote.
        'trait(city) = ''New York'' x'
                                    ^ The comparison ends before "x"; remove it, or put a value of several words in quotes.
        "trait(city) = \"New York\" x"
                                    ^ The comparison ends before "x"; remove it, or put a value of several words in quotes.
        "trait(city) = \u4e0a\u6d77 x"
        ^ Write the comparison on one line and without escapes, for example "orders(90d) >= 2".
        trait(tier) in []
                       ^ The list is empty, so the comparison could never hold; write for example "in [a, b]".
        trait(tier) in 1
                       ^ "in" takes a list; found "1". Write for example "trait(city-tier) in [1, 2]".
        trait(tier) in [1, 2
                            ^ A comma or "]" is missing; found the end. Within { } or [ ] of YAML a comma ends the comparison, so put
        : the comparison in quotes.
        trait(tier) in [1 2]
                          ^ A comma or "]" is missing; found "2".
        trait(tier) = [1, 2]
                      ^ "=" takes one value; for several write "in [a, b]".
        trait(tier) not in [1]
                    ^ "not" is no operator; write lacks, != or "not: …" around the comparison.
        tags contains focus
             ^ "contains" is no operator; write has.
        tags has #vip
                ^ A value is missing after "has"; found the end. Write for example "orders(90d) >= 2".
        consent(sms) = true
                       ^ "true" is no value; write yes, or quotes if it is a text.
        orders >= $2
                  ^ A value is missing after ">="; found "$". Write for example "orders(90d) >= 2".
        { all: [] }
               ^ "all" is empty; write for example "all: [orders >= 2, recency < 90d]".
        { all: orders >= 2 }
               ^ "all" is a list such as "all: [orders >= 2, recency < 90d]"; found text.
        { all: [orders >= 2], any: [orders >= 3] }
                              ^ A condition has exactly one of all, any and not; nest one in the other, such as "all: [a, { not: b }]".
        { every: [orders >= 2] }
          ^ A condition has no "every" (known: all, any, not).
        { not: [orders >= 2] }
               ^ "not" takes one condition; write "not: { any: […] }" or "not: { all: […] }".
        {}
        ^ A condition has exactly one of all, any and not; nest one in the other, such as "all: [a, { not: b }]".
        { all: [orders >= 2, ~] }
                             ^ A condition is missing here; write for example "orders >= 2".
        { not: orders }
                     ^ An operator is missing; found the end. The operators are >=, <=, >, <, =, !=, in, has and lacks.
        { any: [{ not: orders > x }, spend => 3] }
                                           ^ "=>" is no operator; write >=.
        *a
        ^ The alias "*a" is not understood here; write the value out.
        |
        ^ A condition is missing here; write for example "orders >= 2".
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsToldWithItsColumnAndWhatToWrite(string condition, int column, string message)
    {
        var place = $"{SchemeText.FileName}:{SchemeText.ConditionLine}:{SchemeText.ConditionColumn + column}";

        SchemeText.Faults(SchemeText.WithCondition(condition)).ShouldBe($"{place}: {message}");
    }

    [Fact]
    public void IsToldForEachComparisonOfARule()
    {
        var yaml = SchemeText.WithCondition("{ all: [orders => 2, { not: spend }, 'recency >= 90 days'] }");

        SchemeFile.Read("a.yaml", yaml).Faults.Select(fault => fault.Place.Column).ShouldBe([26, 44, 60]);
    }

    [Fact]
    public void DeepInAConditionIsToldAtItsOwnLine()
    {
        var yaml = SchemeText.With(
            SchemeText.ConditionLine,
            """
                when:
                  any:
                    - orders >= 2
                    - not:
                        all:
                          - spend >> 5
            """);

        SchemeText.Faults(yaml).ShouldStartWith("shop.yaml:14:23: An operator is missing; found \">>\".");
    }
}
