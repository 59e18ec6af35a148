import { isRecord, isSameData, nested, valueAt } from '../settingsText/settings.ts';
import type { SettingsChange, SettingsData } from '../settingsText/settings.ts';

/** A change of ours as it is remembered: what stood there before, and how much of the way to it was there already. */
export interface OurChange extends SettingsChange {
  readonly before?: unknown;
  readonly depth: number;
}

/** What has to be remembered of a change to be able to take it back later, whatever else is changed meanwhile. */
export function remembered(data: SettingsData, { at, value }: SettingsChange): OurChange {
  const before = valueAt(data, at);
  const depth = at.findIndex((_, i) => !isRecord(valueAt(data, at.slice(0, i + 1))));
  return before === undefined ? { at, value, depth } : { at, value, before, depth };
}

/** Whether the change still stands as we made it. */
export function isStanding(data: SettingsData | null, { at, value }: SettingsChange): boolean {
  return isSameData(valueAt(data, at), value);
}

/**
 * The change that takes ours back: what stood there before returns, and objects that only hold our key go with it. Null
 * when somebody else has set that key since: it is theirs then.
 */
export function undoing(data: SettingsData, ours: OurChange): SettingsChange | null {
  if (!isStanding(data, ours)) return null;
  if (ours.before !== undefined) return { at: ours.at, value: ours.before };
  const paths = ours.at.map((_, i) => ours.at.slice(0, i + 1)).slice(ours.depth);
  const alone = paths.find((path) => isSameData(valueAt(data, path), nested(ours.at.slice(path.length), ours.value)));
  return { at: alone ?? ours.at };
}
