using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class BrokenSchemeTests
{
    public static TheoryData<int, string, string> Cases { get; } = FaultCases.WithPlaces(
        """
        1|
        => 1:1: A scheme needs "id"; write for example "id: lifecycle".

        1| id: Life Cycle
        => 1:5: "Life Cycle" is no id; write lower-case letters and digits in words joined by hyphens, such as high-value.

        1| id:
        => 1:4: "id" is empty; write for example "id: lifecycle".

        1| id: [a]
        => 1:5: "id" is text such as "id: lifecycle"; found a list.

        1| id: a--b
        => 1:5: "a--b" is no id; write lower-case letters and digits in words joined by hyphens, such as high-value.

        1| id: x
        | id: y
        => 2:1: "id" is already given in line 1; keep one of them.

        1| idd: x
        => 1:1: A scheme has no "idd" (known: id, name, description, calendar, ordered, baseline, cutMargin, rfm, grace, minimumStay, layers, rules);
        : did you mean "id"?
        => 1:1: A scheme needs "id"; write for example "id: lifecycle".

        1| id: lifecycle
        | Rules: x
        => 2:1: A scheme has no "Rules" (known: id, name, description, calendar, ordered, baseline, cutMargin, rfm, grace, minimumStay, layers, rules);
        : did you mean "rules"?

        1| id: lifecycle
        | colour: red
        => 2:1: A scheme has no "colour" (known: id, name, description, calendar, ordered, baseline, cutMargin, rfm, grace, minimumStay, layers, rules).

        1| [a]: x
        => 1:1: A key is a word; found a list.
        => 1:1: A scheme needs "id"; write for example "id: lifecycle".

        2| name: Lifecycle
        => 2:7: "name" is a mapping such as { zh: …, en: … }; found text.

        2| name: { zh: 生命周期 }
        => 2:7: "name" needs "en"; write for example "en: Lifecycle".

        2| name: { zh: 生命周期, en: Life, or so }
        => 2:29: "name" has no "or so" (known: zh, en). If it continues a text that holds a comma, put that text in quotes.

        2| name: { zh: 生命周期, en: "" }
        => 2:23: "en" is empty; write for example "en: Lifecycle".

        2| name: { zh: 生命周期, en: [x] }
        => 2:23: "en" is text such as "en: Lifecycle"; found a list.

        3|
        => 1:1: A scheme needs "description"; write for example "description: { zh: …, en: … }".

        3| description: { zh: a, en: b }
        | calendar: Asia/Shangai
        => 4:11: "Asia/Shangai" is no IANA time zone such as Asia/Shanghai; did you mean "Asia/Shanghai"?

        3| description: { zh: a, en: b }
        | calendar: [x]
        => 4:11: "calendar" is text such as "calendar: Asia/Shanghai"; found a list.

        4| layers:
        |   - new
        => 5:5: A layer is a mapping such as { id: lost, name: …, playbook: … }; found text.

        4| layers: {}
        => 5:3: This is not YAML: While parsing a block mapping, did not find expected key; mend the indentation or brackets, or quote
        : a text that begins with a sign or holds a colon or comma.

        5|   - { id: new, name: { zh: 新客, en: New } }
        => 5:5: A layer needs "playbook"; write for example "playbook: { zh: …, en: … }".

        5|   - { id: loyal, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome } }
        => 6:11: The layer "loyal" is already defined in line 5; give this one another id.
        => 10:12: The scheme has no layer "new" (known: loyal).

        5|   - { name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome } }
        => 5:5: A layer needs "id"; write for example "id: lost".
        => 10:12: The scheme has no layer "new" (known: loyal).

        5|   - { id: new, title: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome } }
        => 5:5: A layer needs "name"; write for example "name: { zh: …, en: … }".
        => 5:16: A layer has no "title" (known: id, name, playbook, guidance, lapsed).

        5|   - { id: vip, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome } }
        => 5:11: No rule leads to the layer "vip"; add one or remove the layer.
        => 10:12: The scheme has no layer "new" (known: vip, loyal).

        8|   - layer: loyl
        => 6:11: No rule leads to the layer "loyal"; add one or remove the layer.
        => 8:12: The scheme has no layer "loyl" (known: new, loyal); did you mean "loyal"?

        8|   - when: orders >= 3
        => 6:11: No rule leads to the layer "loyal"; add one or remove the layer.
        => 8:5: A rule needs "layer"; write for example "layer: loyal".
        => 9:5: "when" is already given in line 8; keep one of them.

        8|   - loyal
        => 9:9: This is not YAML: While scanning a multiline plain scalar, found invalid mapping; mend the indentation or brackets, or
        : quote a text that begins with a sign or holds a colon or comma.

        10|
        => 5:11: No rule leads to the layer "new"; add one or remove the layer.

        10|   - layer: new
        |     then: x
        => 11:5: A rule has no "then" (known: layer, when); did you mean "when"?

        10|   - layer: loyal
        => 5:11: No rule leads to the layer "new"; add one or remove the layer.

        7| rules: []
        => 8:3: This is not YAML: While parsing a block mapping, did not find expected key; mend the indentation or brackets, or quote
        : a text that begins with a sign or holds a colon or comma.

        7| rule:
        => 1:1: A scheme needs "rules"; write for example "rules: [{ layer: loyal, when: orders >= 2 }, { layer: new }]".
        => 7:1: A scheme has no "rule" (known: id, name, description, calendar, ordered, baseline, cutMargin, rfm, grace, minimumStay, layers, rules);
        : did you mean "rules"?

        9|       when: orders >= 2
        => 9:11: This is not YAML: While scanning a plain scalar value, found invalid mapping; mend the indentation or brackets, or
        : quote a text that begins with a sign or holds a colon or comma.

        9|    when: orders >= 2
        => 9:4: This is not YAML: While parsing a block collection, did not find expected '-' indicator; mend the indentation or
        : brackets, or quote a text that begins with a sign or holds a colon or comma.

        6|   - { id: loyal, name: { zh: 老客, en: Loyal, playbook: { zh: 感谢, en: Thank } }
        => 7:1: This is not YAML; mend the indentation or brackets, or quote a text that begins with a sign or holds a colon or comma.

        6|   - { id: loyal, name: { zh: 老客, en: Loyal }, playbook: { zh: 感谢: 你, en: Thank: you } }
        => 6:65: This is not YAML: While parsing a flow mapping, did not find expected ',' or '}'; mend the indentation or brackets, or
        : quote a text that begins with a sign or holds a colon or comma.
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsToldWithEveryPlaceAndWhatToWrite(int line, string replacement, string faults) =>
        SchemeText.Faults(SchemeText.With(line, replacement)).ShouldBe(faults);
}
