import { describe, expect, it } from "vitest";
import { grouped, groupOf } from "../src/store/schemeGroups";
import { Some } from "./some";

describe("schemes in groups", () => {
  it("stand in the order of the groups, and there in their own", () => {
    const schemes = ["gender", "rfm8", "journey", "lifecycle"].map((id) => Some.scheme(id));
    const groups = [...grouped(schemes)].map(([group, members]) => [group, members.map(({ id }) => id)]);
    expect(groups).toEqual([
      ["journey", ["journey", "lifecycle"]],
      ["value", ["rfm8"]],
      ["attributes", ["gender"]],
    ]);
  });

  it("are a brand's own when they are not shipped", () => {
    expect(groupOf(Some.scheme("tea-drinkers"))).toBe("own");
  });

  it("are audiences whatever they are called", () => {
    expect(groupOf(Some.scheme("journey", { isAudience: true }))).toBe("audiences");
  });
});
