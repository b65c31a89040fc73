import { describe, expect, it } from "vitest";
import type { Answer } from "../src/connection/api";
import { resultOf } from "../src/connection/lines";
import { Trial } from "../src/store/trial";
import type { Preview, Progress } from "../src/wire/previews";

const bytes = new TextEncoder().encode('{"progress":{"done":1,"total":4}}\n\n{"progress":{"done":4,"total":4}}\n{"result":{"name":"忠诚"}}\n');

/** A body that arrives in pieces of so many bytes. */
function body(whole: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (sent >= whole.length) controller.close();
      else controller.enqueue(whole.slice(sent, (sent += size)));
    },
  });
}

describe("an answer in lines", () => {
  // Cut within numbers, within a letter of several bytes, at the ends of lines, and nowhere.
  it.each([1, 2, 7, 34, 1_000])("tells of its progress and its result when it comes in pieces of %i bytes", async (size) => {
    const told: Progress[] = [];
    expect(await resultOf(body(bytes, size), (progress) => told.push(progress))).toEqual({ name: "忠诚" });
    expect(told).toEqual([{ done: 1, total: 4 }, { done: 4, total: 4 }]);
  });

  it("needs no end of its last line", async () => {
    expect(await resultOf(body(bytes.slice(0, -1), 5), () => undefined)).toEqual({ name: "忠诚" });
  });

  it("is an error when it is cut before its result", async () => {
    await expect(resultOf(body(bytes.slice(0, 40), 5), () => undefined)).rejects.toThrow();
    await expect(resultOf(body(bytes.slice(0, 34), 5), () => undefined)).rejects.toThrow("without a result");
  });
});

describe("a trial", () => {
  const draft = [{ file: "gender.yaml", yaml: "id: gender\n" }];
  const answer: Answer<Preview> = { kind: "unreachable" };

  it("is kept for the draft and the rulebook that were tried, and forgotten with either", async () => {
    const trial = new Trial(async () => answer);
    await trial.begin(1, draft);
    trial.settle(1, [...draft]);
    expect(trial.state.value).toEqual({ kind: "answered", answer });
    trial.settle(2, draft);
    expect(trial.state.value).toEqual({ kind: "none" });
    await trial.begin(1, draft);
    trial.settle(1, []);
    expect(trial.state.value).toEqual({ kind: "none" });
  });

  it("does not hear what comes of one that was stopped", async () => {
    let finish = (): void => undefined;
    let told = (_: Progress): void => undefined;
    let stopped: AbortSignal | null = null;
    const trial = new Trial((_, onProgress, signal) => {
      [told, stopped] = [onProgress, signal];
      return new Promise((resolve) => (finish = () => resolve(answer)));
    });
    const running = trial.begin(1, draft);
    told({ done: 1, total: 2 });
    expect(trial.state.value).toEqual({ kind: "running", progress: { done: 1, total: 2 } });
    trial.settle(1, []);
    told({ done: 2, total: 2 });
    finish();
    await running;
    expect(stopped).toHaveProperty("aborted", true);
    expect(trial.state.value).toEqual({ kind: "none" });
  });
});
