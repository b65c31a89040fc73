import type { Name } from "../wire/names";
import { en, type Messages } from "./en";
import { zh } from "./zh";

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

export const ownNames: Readonly<Record<Language, string>> = { zh: "中文", en: "English" };

const messages: Readonly<Record<Language, Messages>> = { zh, en };
const storageKey = "grid.language";

export function messagesOf(language: Language): Messages {
  return messages[language];
}

/** The reader's last choice, else the browser's language. */
export function preferredLanguage(): Language {
  const chosen = read();
  if (chosen !== null) return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export function nameIn(language: Language, name: Name | null | undefined): string {
  if (name === null || name === undefined) return "";
  return name[language] || name.en || name.zh;
}

function read(): Language | null {
  try {
    const value = localStorage.getItem(storageKey);
    return languages.find((language) => language === value) ?? null;
  } catch {
    return null;
  }
}
