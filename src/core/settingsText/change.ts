import { withJsonChange } from './json.ts';
import { byteOrderMark, isRecord, isSameData, settingsOf } from './settings.ts';
import type { SettingsChange, SettingsData, SettingsFormat } from './settings.ts';
import { withTomlChange } from './toml.ts';

/**
 * A settings file's text with the changes made: comments, order, indentation, line breaks and byte order mark stay. Null
 * when that cannot be done so that the file then says what it said before plus the changes, and nothing else.
 */
export function withChanges(
  text: string | null,
  format: SettingsFormat,
  changes: readonly SettingsChange[],
): string | null {
  const before = settingsOf(text, format);
  if (before === null) return null;
  const start = text?.startsWith(byteOrderMark) ? byteOrderMark : '';
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

function changed(data: SettingsData, { at, value }: SettingsChange): SettingsData {
  const [key, ...rest] = at;
  if (key === undefined) return data;
  const others = Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
  if (rest.length === 0) return value === undefined ? others : { ...others, [key]: value };
  const inner = data[key];
  if (value === undefined && !isRecord(inner)) return data;
  return { ...others, [key]: changed(isRecord(inner) ? inner : {}, { at: rest, value }) };
}
