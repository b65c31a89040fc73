import { describe, expect, it } from "vitest";
import { Draft } from "../src/store/draft";

const journey = { file: "journey.yaml", yaml: "id: journey\nrules: []\n" };
const gender = { file: "gender.yaml", yaml: "id: gender\n" };
const inForce = [journey, gender];

describe("a draft of the rulebook", () => {
  it("holds what differs from the files in force", () => {
    const draft = new Draft();
    draft.write(journey, "id: journey\nrules: [x]\n");
    expect(draft.changes(inForce)).toEqual([{ file: "journey.yaml", yaml: "id: journey\nrules: [x]\n" }]);
    expect(draft.isChanged("gender.yaml")).toBe(false);
  });

  it("is empty again when a change is written back or discarded", () => {
    const draft = new Draft();
    draft.write(journey, "id: other\n");
    draft.write(journey, journey.yaml);
    draft.write(gender, "id: gender\n# x\n");
    draft.discard("gender.yaml");
    expect(draft.changes(inForce)).toEqual([]);
  });

  it("makes a file of its own of a text that was given another id", () => {
    const draft = new Draft();
    draft.write(journey, "id: voyage\nrules: []\n");
    expect(draft.changes(inForce)[0]?.file).toBe("voyage.yaml");
  });

  it("lists what is added behind the files in force, with its text", () => {
    const draft = new Draft();
    draft.write({ file: "audience-1.yaml", yaml: "" }, "audience: vips\n");
    expect(draft.all(inForce).map(({ file }) => file)).toEqual(["journey.yaml", "gender.yaml", "audience-1.yaml"]);
    expect(draft.changes(inForce)).toEqual([{ file: "vips.yaml", yaml: "audience: vips\n" }]);
  });

  it("forgets what has come into force, under whatever name, and keeps the rest", () => {
    const draft = new Draft();
    draft.chosen = "audience-1.yaml";
    draft.write({ file: "audience-1.yaml", yaml: "" }, "audience: vips\n");
    draft.write(gender, "id: gender\n# x\n");
    draft.settle([...inForce, { file: "vips.yaml", yaml: "audience: vips\n" }]);
    expect(draft.changes(inForce).map(({ file }) => file)).toEqual(["gender.yaml"]);
    expect(draft.chosen).toBeNull();
  });
});
