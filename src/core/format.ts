// The only place where figures are rounded. Locales are BCP 47 tags; money is always US dollars.

const hour = 3_600_000;
const minute = 60_000;

/** Pico-dollars → USD, the nearest double. Exact sums stay exact until here. */
export function usd(pico: bigint): number {
  // As text, since arithmetic on doubles would round more than once: $7.321724145 became 7.321724144999999.
  return Number(`${pico}e-12`);
}

/** `$0.42`, `$13.10`, `$1,204`; `<$0.01` for what is more than nothing and would round to it. */
export function formatUsd(value: number, locale = 'en'): string {
  const size = Math.abs(value);
  if (size > 0 && size < 0.005) return `<${dollars(0.01, locale, 2)}`;
  return dollars(value, locale, size < 999.995 ? 2 : 0);
}

/** Every digit that is there, two at least: `$0.0165`, `$0.000000512`. Takes pico-dollars, also as a decimal string. */
export function formatUsdExact(pico: bigint | string, locale = 'en'): string {
  const exact = BigInt(pico);
  const digits = (exact < 0n ? -exact : exact).toString().padStart(13, '0');
  const decimal = `${exact < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`;
  const format = new Intl.NumberFormat(locale, usdStyle(2, 12));
  // Intl takes decimal strings as they are; a double could not carry them all.
  return isNumeric(decimal) ? format.format(decimal) : decimal;
}

function isNumeric(text: string): text is `${number}` {
  return /^-?\d+\.\d+$/.test(text);
}

/** `$3.10/h` */
export function formatUsdPerHour(value: number, locale = 'en'): string {
  return `${formatUsd(value, locale)}/h`;
}

/** A price as tables show it, USD per million tokens: `$0.003625`, `$15.00`. */
export function formatRate(usdPerMillion: number, locale = 'en'): string {
  return new Intl.NumberFormat(locale, usdStyle(2, 6)).format(usdPerMillion);
}

/** `148k`, `1.2M`, `950` */
export function formatTokens(tokens: number, locale = 'en'): string {
  const [scale, unit] = scaleOf(tokens, [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ]);
  const value = tokens / scale;
  return `${number(value, locale, unit !== '' && Math.abs(value) < 9.95 ? 1 : 0)}${unit}`;
}

/** A number in full: `148,206`. */
export function formatCount(count: number, locale = 'en'): string {
  return number(count, locale, 0);
}

/** `37%`, `<1%` of a share between 0 and 1. */
export function formatPercent(share: number, locale = 'en'): string {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return share > 0 && share < 0.005 ? `<${percent.format(0.01)}` : percent.format(share);
}

/** `8 s`, `72 min`, `3 h 5 min`, `2 d 4 h` */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(ms / minute);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(ms / hour);
  return joined(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** `512 B`, `4.2 MB` */
export function formatBytes(bytes: number, locale = 'en'): string {
  const [scale, unit] = scaleOf(bytes, [
    [1e9, ' GB'],
    [1e6, ' MB'],
    [1e3, ' kB'],
  ]);
  const value = bytes / scale;
  return `${number(value, locale, unit !== '' && Math.abs(value) < 9.95 ? 1 : 0)}${unit === '' ? ' B' : unit}`;
}

/** The unit in which a value, rounded to whole units, still has at most three digits. */
function scaleOf(value: number, units: readonly (readonly [number, string])[]): readonly [number, string] {
  // From 999.5 thousand on it would read 1,000k: that is a million.
  return units.find(([scale]) => Math.abs(value) >= scale * (scale === 1e3 ? 1 : 0.9995)) ?? [1, ''];
}

function dollars(value: number, locale: string, digits: number): string {
  return new Intl.NumberFormat(locale, usdStyle(digits, digits)).format(value);
}

function usdStyle(minimumFractionDigits: number, maximumFractionDigits: number): Intl.NumberFormatOptions {
  return {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits,
    maximumFractionDigits,
  };
}

function number(value: number, locale: string, digits: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: digits }).format(value);
}

function joined(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}
