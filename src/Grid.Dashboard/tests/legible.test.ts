import { expect, test } from "vitest";
import { legible } from "../src/format/legible";

test("characters that turn text round are spelled out", () => {
  expect(legible("a\u202Ecba")).toBe("a⟨U+202E⟩cba");
  expect(legible("\u2066a\u2069\u061C")).toBe("⟨U+2066⟩a⟨U+2069⟩⟨U+061C⟩");
});

test("all other text stays as it is", () => {
  for (const text of ["", "u1", "张三", "👩\u200D🚀", "שלום"]) expect(legible(text)).toBe(text);
});
