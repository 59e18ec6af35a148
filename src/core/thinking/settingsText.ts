import { parse } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { withJsonChange } from './jsonText.ts';
import type { SettingsChange, SettingsFormat } from './settingsChange.ts';
import { withTomlChange } from './tomlText.ts';

// Settings files as text: what they say, and the same text with a few values changed and all else as it stands.

export type SettingsData = Readonly<Record<string, unknown>>;

const mark = '\uFEFF';

/** What the file says; nothing when it is not there or blank; null when it cannot be read. JSON may have comments. */
export function settingsOf(text: string | null, format: SettingsFormat): SettingsData | null {
  const plain = text?.startsWith(mark) ? text.slice(1) : (text ?? '');
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

/**
 * The text with the changes made: comments, order, indentation, line breaks and byte order mark stay. Null when that
 * cannot be done so that the file then says what it said before plus the changes, and nothing else.
 */
export function withChanges(
  text: string | null,
  format: SettingsFormat,
  changes: readonly SettingsChange[],
): string | null {
  const before = settingsOf(text, format);
  if (before === null) return null;
  const start = text?.startsWith(mark) ? mark : '';
  let now: string | null = (text ?? '').slice(start.length);
  for (const change of changes) {
    if (now === null) return null;
    now = format === 'json' ? withJsonChange(now, change) : withTomlChange(now, change);
  }
  if (now === null) return null;
  const wanted = changes.reduce(changed, before);
  const after = settingsOf(now, format);
  return after !== null && isSameData(after, wanted) ? start + now : null;
}

/** Equality of what two settings say, whatever the order of their keys. */
export function isSameData(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export function isRecord(value: unknown): value is SettingsData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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

function changed(data: SettingsData, { at, value }: SettingsChange): SettingsData {
  const [key, ...rest] = at;
  if (key === undefined) return data;
  const others = Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
  if (rest.length === 0) return value === undefined ? others : { ...others, [key]: value };
  const inner = data[key];
  if (value === undefined && !isRecord(inner)) return data;
  return { ...others, [key]: changed(isRecord(inner) ? inner : {}, { at: rest, value }) };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
