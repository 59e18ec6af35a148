import {
  formatCount,
  formatPercent,
  formatRate,
  formatTokens,
  formatUsd,
  formatUsdExact,
} from '../../src/core/format.ts';
import { dayKey, hourKey } from '../../src/core/period.ts';

// Figures as people read them, in the user's locale and the metered machine's time zone.

export interface Figures {
  /** Dollars, e.g. `$4.21`. */
  readonly usd: (amount: number) => string;
  /** Pico-dollars with every digit. */
  readonly exactUsd: (pico: bigint) => string;
  /** USD per million tokens. */
  readonly rate: (usd: number) => string;
  /** A round value on an axis: `$20`. */
  readonly tick: (amount: number) => string;
  /** Tokens in short: `1.2M`. */
  readonly tokens: (count: number) => string;
  /** Whole number with separators. */
  readonly whole: (count: number) => string;
  /** A factor with as many decimals as it has. */
  readonly plain: (value: number) => string;
  /** 0 to 1 as percent, `–` when there is none. */
  readonly share: (part: number | null) => string;
  /** Date and time; ms since the epoch. */
  readonly when: (at: number) => string;
  /** As `when`, to the second. */
  readonly exactly: (at: number) => string;
  readonly time: (at: number) => string;
  /** An instant's day: `Sat, Nov 21`; its hour: `5 AM`; and both. */
  readonly day: (at: number) => string;
  readonly hour: (at: number) => string;
  readonly dayAndHour: (at: number) => string;
  /** For the axis of a chart: `Nov 21`. */
  readonly shortDay: (at: number) => string;
  /** ISO dates and months as people read them; what is none stays as it is. `Nov 21, 2026`, `Nov 2 – 5, 2026`, `November 2026` */
  readonly date: (day: string) => string;
  readonly dates: (from: string, to: string) => string;
  readonly month: (month: string) => string;
  /** An instant's day and hour as filters name them. */
  readonly dayKey: (at: number) => string;
  readonly hourKey: (at: number) => string;
}

export function createFigures(wantedLocale: string, wantedZone: string): Figures {
  const locale = knownLocale(wantedLocale);
  const timeZone = knownZone(wantedZone);
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const tick = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
    maximumFractionDigits: 6,
  });
  const when = dates({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
  const exactly = dates({ dateStyle: 'medium', timeStyle: 'medium' });
  const time = dates({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
  return {
    usd: remembered((amount) => formatUsd(amount, locale)),
    exactUsd: (pico) => formatUsdExact(pico, locale),
    rate: (usd) => formatRate(usd, locale),
    tick: (amount) => tick.format(amount),
    tokens: remembered((count) => formatTokens(count, locale)),
    whole: remembered((count) => formatCount(count, locale)),
    plain: (value) => plain.format(value),
    share: remembered((part) => (part === null ? '–' : formatPercent(part, locale))),
    when: remembered((at) => when.format(at)),
    exactly: (at) => exactly.format(at),
    time: (at) => time.format(at),
    ...calendar(locale, dates),
    dayKey: (at) => dayKey(at, timeZone),
    hourKey: (at) => hourKey(at, timeZone),
  };
}

type Dates = (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat;

function calendar(locale: string, dates: Dates) {
  const day = dates({ weekday: 'short', month: 'short', day: 'numeric' });
  const hour = dates({ hour: 'numeric' });
  const dayAndHour = dates({ month: 'short', day: 'numeric', hour: 'numeric' });
  const shortDay = dates({ month: 'short', day: 'numeric' });
  // A calendar date is the same day everywhere: it is read and written in UTC.
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    day: remembered((at: number) => day.format(at)),
    hour: remembered((at: number) => hour.format(at)),
    dayAndHour: remembered((at: number) => dayAndHour.format(at)),
    shortDay: remembered((at: number) => shortDay.format(at)),
    date: remembered((iso: string) => (isDay.test(iso) ? date.format(Date.parse(iso)) : iso)),
    dates: (from: string, to: string) => date.formatRange(Date.parse(from), Date.parse(to)),
    month: (iso: string) => month.format(Date.parse(`${iso}-01`)),
  };
}

const isDay = /^\d{4}-\d\d-\d\d$/;

/** A render writes thousands of figures, nearly all of them as before, and Intl takes up to 50 µs for each. */
function remembered<T>(write: (value: T) => string): (value: T) => string {
  const written = new Map<T, string>();
  return (value) => {
    const known = written.get(value);
    if (known !== undefined) return known;
    if (written.size > 10_000) written.clear();
    const text = write(value);
    written.set(value, text);
    return text;
  };
}

/** A locale or time zone this browser does not know must not take the panel down. */
function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
