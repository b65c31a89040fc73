import { Limits } from "../limits";
import type { Progress, ProgressLine } from "../wire/previews";

/** The lines of a text that arrives in pieces, wherever it was cut; a line that is too long is an error. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const pieces = (rest + decoder.decode(value, { stream: !done })).split("\n");
      rest = pieces.pop() ?? "";
      yield* pieces.filter((line) => line.trim() !== "");
      if (rest.length > Limits.LineCharacters) throw new Error("a line is too long");
      if (done) break;
    }
    if (rest.trim() !== "") yield rest;
  } finally {
    // A reader that stops early needs none of the remaining lines.
    await reader.cancel().catch(() => undefined);
  }
}

/** Reports the progress and returns the result; an answer without a result is an error. */
export async function resultOf<T>(body: ReadableStream<Uint8Array>, onProgress: (progress: Progress) => void): Promise<T> {
  for await (const line of linesOf(body)) {
    const value = JSON.parse(line) as ProgressLine<T>;
    if ("result" in value) return value.result;
    onProgress(value.progress);
  }
  throw new Error("the answer ended without a result");
}
