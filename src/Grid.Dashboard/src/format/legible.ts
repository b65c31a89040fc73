const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Stored text with bidirectional control characters spelled out, so that no id can look like another. */
export function legible(text: string): string {
  return text.replace(turning, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
