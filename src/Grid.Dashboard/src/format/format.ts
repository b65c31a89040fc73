import type { Messages } from "../locales/en";
import { messagesOf, type Language } from "../locales/language";
import type { Currency } from "../wire/names";

const locales: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en-GB" };

/** Numbers, money and instants as the reader writes them. Instants are shown in the browser's time zone. */
export class Format {
  readonly language: Language;
  readonly messages: Messages;
  readonly #count: Intl.NumberFormat;
  readonly #signed: Intl.NumberFormat;
  readonly #rate: Intl.NumberFormat;
  readonly #share: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #second: Intl.DateTimeFormat;
  readonly #minute: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #money = new Map<string, Intl.NumberFormat | null>();

  constructor(language: Language, timeZone?: string) {
    const locale = locales[language];
    const zone = timeZone === undefined ? {} : { timeZone };
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const date = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    this.language = language;
    this.messages = messagesOf(language);
    this.#count = new Intl.NumberFormat(locale);
    this.#signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
    this.#rate = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
    this.#share = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.#percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
    // The Swedish way of writing a date is the unambiguous one, and the same in both languages.
    this.#second = new Intl.DateTimeFormat("sv-SE", { ...date, ...clock, second: "2-digit", ...zone });
    this.#minute = new Intl.DateTimeFormat("sv-SE", { ...date, ...clock, ...zone });
    this.#day = new Intl.DateTimeFormat("sv-SE", { ...date, ...zone });
    this.#time = new Intl.DateTimeFormat("sv-SE", { ...clock, second: "2-digit", ...zone });
  }

  count(value: number): string {
    return this.#count.format(value);
  }

  signed(value: number): string {
    return this.#signed.format(value);
  }

  rate(perSecond: number): string {
    return perSecond >= 10 ? this.#count.format(Math.round(perSecond)) : this.#rate.format(perSecond);
  }

  share(value: number): string {
    return this.#share.format(value);
  }

  /** A share in whole percent. */
  percent(value: number): string {
    return this.#percent.format(value);
  }

  money(minor: number, currency: Currency | null): string {
    if (currency === null) return this.#count.format(minor);
    const major = minor / 10 ** currency.minorUnits;
    const format = this.#currency(currency);
    return format === null ? `${major.toFixed(currency.minorUnits)} ${currency.code}` : format.format(major);
  }

  /** Date and time to the second. */
  second(instant: string | number): string {
    return show(this.#second, instant);
  }

  minute(instant: string | number): string {
    return show(this.#minute, instant);
  }

  /** Month, day, hour and minute. */
  short(instant: string | number): string {
    return show(this.#minute, instant).replace(/^\d{4}-/, "");
  }

  day(instant: string | number): string {
    return show(this.#day, instant);
  }

  time(instant: string | number): string {
    return show(this.#time, instant);
  }

  /** A span in its two largest units: `12 d 4 h`. */
  span(milliseconds: number): string {
    const { day, hour, minute, second, millisecond } = this.messages.units;
    const units: readonly (readonly [number, string])[] = [
      [86_400_000, day],
      [3_600_000, hour],
      [60_000, minute],
      [1_000, second],
    ];
    const whole = Math.abs(Math.round(milliseconds));
    const first = units.findIndex(([length]) => whole >= length);
    if (first < 0) return `${whole} ${millisecond}`;
    const parts: string[] = [];
    let rest = whole;
    for (const [length, name] of units.slice(first, first + 2)) {
      const amount = Math.floor(rest / length);
      rest -= amount * length;
      if (amount > 0) parts.push(`${this.#count.format(amount)} ${name}`);
    }
    return parts.join(" ");
  }

  #currency({ code, minorUnits }: Currency): Intl.NumberFormat | null {
    const key = `${code} ${minorUnits}`;
    const known = this.#money.get(key);
    if (known !== undefined) return known;
    let format: Intl.NumberFormat | null = null;
    try {
      format = new Intl.NumberFormat(locales[this.language], {
        style: "currency",
        currency: code,
        currencyDisplay: "narrowSymbol",
        minimumFractionDigits: minorUnits,
        maximumFractionDigits: minorUnits,
      });
    } catch {
      // Not a code that the browser accepts, such as a brand's own points: written plainly.
    }
    this.#money.set(key, format);
    return format;
  }
}

function show(format: Intl.DateTimeFormat, instant: string | number): string {
  const at = typeof instant === "number" ? instant : Date.parse(instant);
  return Number.isFinite(at) ? format.format(at) : String(instant);
}
