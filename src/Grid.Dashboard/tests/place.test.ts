import { describe, expect, it } from "vitest";
import { idIn, placeOf, spanOfLine } from "../src/format/place";

describe("the place of a fault", () => {
  it("is a file, a line and a column", () => {
    expect(placeOf("rfm8.yaml:12:5")).toEqual({ file: "rfm8.yaml", line: 12, column: 5 });
  });

  it("is named without its folders, even with a drive's colon", () => {
    expect(placeOf("C:\\schemes\\rfm8.yaml:3:1")).toEqual({ file: "rfm8.yaml", line: 3, column: 1 });
    expect(placeOf("schemes/rfm8.yaml:7:2").file).toBe("rfm8.yaml");
  });

  it("is the beginning of a file when nothing more is said", () => {
    expect(placeOf("rfm8.yaml")).toEqual({ file: "rfm8.yaml", line: 1, column: 1 });
  });
});

describe("a line of a text", () => {
  const text = "one\ntwo\nthree";

  it("is found from its first to its last character", () => {
    expect([1, 2, 3].map((line) => text.slice(...spanOfLine(text, line)))).toEqual(["one", "two", "three"]);
  });

  it("that is beyond the end is the last one", () => {
    expect(text.slice(...spanOfLine(text, 9))).toBe("three");
  });
});

describe("the id of a file", () => {
  it("is that of its scheme or audience, at the beginning of a line", () => {
    expect(idIn("# note\nid: rfm8\n")).toBe("rfm8");
    expect(idIn('audience: "lapsing-vips"\n')).toBe("lapsing-vips");
    expect(idIn("layers:\n  - id: low\n")).toBeNull();
  });
});
