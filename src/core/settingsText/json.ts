import { cutNode } from './jsonCut.ts';
import { insert } from './jsonInsert.ts';
import { endOf, nodeAt, rootOf } from './jsonPlaces.ts';
import type { SettingsChange } from './settings.ts';

/**
 * JSON with comments with one key set, and not a byte touched beside it. Null where a value on the way is no object. The
 * text must be readable; the caller checks the result by parsing.
 */
export function withJsonChange(text: string, { at, value }: SettingsChange): string | null {
  const root = rootOf(text);
  const there = nodeAt(root, at);
  if (value === undefined) return there?.parent ? cutNode(text, there.parent) : text;
  const ways = at.map((_, i) => nodeAt(root, at.slice(0, i)));
  if (ways.some((node) => node !== null && node.type !== 'object')) return null;
  if (there === null) return insert(root === null ? '' : text, at, value);
  return text.slice(0, there.offset) + JSON.stringify(value) + text.slice(endOf(there));
}
