import { isDeepStrictEqual } from 'node:util';
import { cutNode } from '../../core/settingsText/jsonCut.ts';
import { endOf, nodeAt, rootOf, saidBy } from '../../core/settingsText/jsonPlaces.ts';
import type { Placed } from './addEntries.ts';

/** What installing made beside the entries, and removing may take away again. */
export interface Made {
  /** Paths of objects and lists that were not there; removed when they are empty, innermost first. */
  readonly containers: readonly (readonly string[])[];
  /** Values that were set; removed where they still are as set. */
  readonly needs: readonly Placed[];
}

export const madeNothing: Made = { containers: [], needs: [] };

/**
 * Cuts every entry of ours out of the lists below `within` and then what was made for them; comments and everybody
 * else's entries stay as they are. The same text when there is nothing of ours. Throws when the text cannot be read.
 */
export function cutEntries(
  text: string,
  within: readonly (readonly string[])[],
  isOurs: (value: unknown) => boolean,
  made: Made,
): string {
  const bare = within.reduce((now, path) => cutFrom(now, path, isOurs), text);
  const unset = made.needs.reduce((now, need) => cutNeed(now, need), bare);
  const inwards = made.containers.toSorted((a, b) => b.length - a.length);
  return inwards.reduce((now, path) => cutIfEmpty(now, path), unset);
}

/** Paths on the way to the entries at which nothing stands yet, in a text without them. */
export function absentContainers(text: string, at: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const root = rootOf(text);
  const ways = at.flatMap((path) => path.map((_, i) => path.slice(0, i + 1)));
  const distinct = new Map(ways.map((path) => [JSON.stringify(path), path]));
  return [...distinct.values()].filter((path) => nodeAt(root, path) === null);
}

/** Takes our entries out of one list, one after the other. */
function cutFrom(text: string, path: readonly string[], isOurs: (value: unknown) => boolean): string {
  const list = nodeAt(rootOf(text), path);
  const entry = list?.type === 'array' ? list.children?.find((node) => isOurs(saidBy(node))) : undefined;
  return entry ? cutFrom(cutNode(text, entry), path, isOurs) : text;
}

function cutNeed(text: string, { at, value }: Placed): string {
  const node = nodeAt(rootOf(text), at);
  const isAsSet = node !== null && isDeepStrictEqual(saidBy(node), value);
  return isAsSet && node.parent ? cutNode(text, node.parent) : text;
}

function cutIfEmpty(text: string, path: readonly string[]): string {
  const node = nodeAt(rootOf(text), path);
  if (!node?.parent || (node.type !== 'array' && node.type !== 'object')) return text;
  const inside = text.slice(node.offset + 1, endOf(node) - 1);
  return inside.trim() === '' ? cutNode(text, node.parent) : text;
}
