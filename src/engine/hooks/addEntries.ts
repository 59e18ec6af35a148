import { append, insert } from '../../core/settingsText/jsonInsert.ts';
import { nodeAt, rootOf } from '../../core/settingsText/jsonPlaces.ts';

/** A value for an array or a key, by its path of keys. */
export interface Placed {
  readonly at: readonly string[];
  readonly value: unknown;
}

/**
 * Appends each entry to the array at its path and sets what is needed and absent; nothing else of the text changes.
 * Throws in words for the user, to follow the file's name, when the text cannot be read or something else stands there.
 */
export function addEntries(text: string, entries: readonly Placed[], needs: readonly Placed[] = []): string {
  const set = needs.reduce((now, need) => setIfAbsent(now, need), text);
  return entries.reduce((now, { at, value }) => append(now, at, value), set);
}

function setIfAbsent(text: string, { at, value }: Placed): string {
  return nodeAt(rootOf(text), at) === null ? insert(text, at, value) : text;
}
