import { parse } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';

// What a settings file says. Agents' own settings are read and changed with these, whatever for.

export type SettingsFormat = 'json' | 'toml';
export type SettingsData = Readonly<Record<string, unknown>>;

/** One value set in a settings file; `value` undefined takes the key away. */
export interface SettingsChange {
  readonly at: readonly string[];
  readonly value?: unknown;
}

/** A byte order mark, which some editors put before a text. */
export const byteOrderMark = '\uFEFF';

/** What the file says; nothing when it is not there or blank; null when it cannot be read. JSON may have comments. */
export function settingsOf(text: string | null, format: SettingsFormat): SettingsData | null {
  const plain = text?.startsWith(byteOrderMark) ? text.slice(1) : (text ?? '');
  if (plain.trim() === '') return {};
  const data = format === 'json' ? jsonOf(plain) : tomlOf(plain);
  return isRecord(data) ? data : null;
}

/** The value at that path, undefined when there is none. */
export function valueAt(data: SettingsData | null, at: readonly string[]): unknown {
  let value: unknown = data;
  for (const key of at) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** The value at a path of a settings file's text; undefined when it is not there or the text cannot be read. */
export function settingAt(text: string | null, format: SettingsFormat, ...at: readonly string[]): unknown {
  return valueAt(settingsOf(text, format), at);
}

/** Equality of what two settings say, whatever the order of their keys. */
export function isSameData(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export function isRecord(value: unknown): value is SettingsData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value below objects of those keys. */
export function nested(at: readonly string[], value: unknown): unknown {
  return at.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function jsonOf(text: string): unknown {
  const errors: ParseError[] = [];
  const data: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? data : null;
}

function tomlOf(text: string): unknown {
  try {
    return parseToml(text);
  } catch {
    return null;
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
