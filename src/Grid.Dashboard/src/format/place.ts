/** Where something is written; lines and columns start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reads `file:line:column`; the file is its name without folders. */
export function placeOf(text: string): Place {
  const parts = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(text);
  const file = (parts?.[1] ?? text).split(/[\\/]/).at(-1) ?? "";
  return { file, line: Number(parts?.[2] ?? 1), column: Number(parts?.[3] ?? 1) };
}

/** The place in the text at which a line begins and ends. */
export function spanOfLine(text: string, line: number): readonly [number, number] {
  let begin = 0;
  for (let before = 1; before < line; before++) {
    const next = text.indexOf("\n", begin);
    if (next < 0) break;
    begin = next + 1;
  }
  const end = text.indexOf("\n", begin);
  return [begin, end < 0 ? text.length : end];
}

/** The id that a scheme file or an audience gives itself; null when none can be found. */
export function idIn(yaml: string): string | null {
  return /^(?:id|audience):[ \t]*["']?([\w.-]+)/m.exec(yaml)?.[1] ?? null;
}
