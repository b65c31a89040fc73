import { describe, expect, it } from "vitest";
import { Format } from "../src/format/format";
import { rampColour } from "../src/format/ramp";
import { sparkline } from "../src/format/sparkline";

const english = new Format("en", "Asia/Shanghai");
const chinese = new Format("zh", "Asia/Shanghai");

describe("money", () => {
  it("has as many decimals as the currency has minor units", () => {
    expect(english.money(123_456, { code: "CNY", minorUnits: 2 })).toBe("¥1,234.56");
    expect(english.money(1_234, { code: "JPY", minorUnits: 0 })).toBe("¥1,234");
    expect(english.money(1_234, { code: "KWD", minorUnits: 3 })).toContain("1.234");
    expect(english.money(12_345, { code: "CLF", minorUnits: 4 })).toContain("1.2345");
    expect(chinese.money(1_500, { code: "JPY", minorUnits: 0 })).toMatch(/^\D*1,500$/);
    expect(chinese.money(1_500, { code: "KWD", minorUnits: 3 })).toContain("1.500");
  });

  it("keeps the decimals of a ledger that differ from those of the standard", () => {
    expect(english.money(150_000, { code: "JPY", minorUnits: 2 })).toBe("¥1,500.00");
    expect(english.money(1_500, { code: "JPY", minorUnits: 0 })).toBe("¥1,500");
  });

  it("is written plainly in a currency that the browser does not accept", () => {
    expect(english.money(150, { code: "points", minorUnits: 2 })).toBe("1.50 points");
  });
});

describe("instants", () => {
  it("are shown in the reader's zone, years first", () => {
    expect(english.second("2026-11-21T20:00:01.500Z")).toBe("2026-11-22 04:00:01");
    expect(chinese.minute("2026-11-21T20:00:01.500Z")).toBe("2026-11-22 04:00");
    expect(english.short("2026-11-21T20:00:01.500Z")).toBe("11-22 04:00");
  });

  it("that are none are shown as they came", () => {
    expect(english.minute("soon")).toBe("soon");
  });
});

describe("spans", () => {
  it("use their two largest units", () => {
    expect(english.span(12 * 86_400_000 + 4 * 3_600_000 + 59_000)).toBe("12 d 4 h");
    expect(chinese.span(21_600_000)).toBe("6 小时");
    expect(english.span(250)).toBe("250 ms");
  });
});

describe("the ramp of layer colours", () => {
  it("begins and ends at its anchors and stays within them", () => {
    expect(rampColour(0, "light")).toBe("#a7b0ab");
    expect(rampColour(1, "light")).toBe("#c99a1e");
    expect(rampColour(7, "dark")).toBe(rampColour(1, "dark"));
  });
});

describe("a sparkline", () => {
  it("is flat in the middle when nothing changed", () => {
    expect(sparkline([{ x: 0, y: 5 }, { x: 10, y: 5 }], 80, 20)).toBe("M0.0 10.0L80.0 10.0");
  });

  it("fills the height with a large change but not with a tiny one", () => {
    expect(sparkline([{ x: 0, y: 50 }, { x: 10, y: 100 }], 80, 20)).toBe("M0.0 18.5L80.0 1.5");
    expect(sparkline([{ x: 0, y: 10_000 }, { x: 10, y: 10_001 }], 80, 20)).toBe("M0.0 10.2L80.0 9.8");
  });

  it("is empty until there are two instants to join", () => {
    expect(sparkline([{ x: 0, y: 5 }], 80, 20)).toBe("");
  });
});
