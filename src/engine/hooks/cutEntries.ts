import { getNodeValue } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { isDeepStrictEqual } from 'node:util';
import type { Placed } from './addEntries.ts';
import { endOf, rootOf, valueAt } from './jsonText.ts';

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
  return [...distinct.values()].filter((path) => valueAt(root, path) === null);
}

/** Takes our entries out of one list, one after the other. */
function cutFrom(text: string, path: readonly string[], isOurs: (value: unknown) => boolean): string {
  const list = valueAt(rootOf(text), path);
  const entry = list?.type === 'array' ? list.children?.find((node) => isOurs(getNodeValue(node))) : undefined;
  return entry ? cutFrom(cutNode(text, entry), path, isOurs) : text;
}

function cutNeed(text: string, { at, value }: Placed): string {
  const node = valueAt(rootOf(text), at);
  const isAsSet = node !== null && isDeepStrictEqual(getNodeValue(node), value);
  return isAsSet && node.parent ? cutNode(text, node.parent) : text;
}

function cutIfEmpty(text: string, path: readonly string[]): string {
  const node = valueAt(rootOf(text), path);
  if (!node?.parent || (node.type !== 'array' && node.type !== 'object')) return text;
  const inside = text.slice(node.offset + 1, endOf(node) - 1);
  return inside.trim() === '' ? cutNode(text, node.parent) : text;
}

/** Takes a list's entry or an object's property out with one comma, the one behind it if there is one; comments stay. */
function cutNode(text: string, node: Node): string {
  const container = node.parent;
  if (!container) return text;
  const siblings = container.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  const start = before ? endOf(before) : container.offset + 1;
  const [gap, rest] = [text.slice(start, node.offset), text.slice(endOf(node), endOf(container) - 1)];
  const cut = withoutComma(rest);
  const after = cut ?? rest;
  const kept = text.slice(0, start);
  const tail = text.slice(endOf(container) - 1);
  if (!before) return kept + firstCut(gap, after, siblings.length === 1) + tail;
  return kept + joined(cut === null ? (withoutComma(gap) ?? gap) : gap, after) + tail;
}

/** What is left of a container's start whose first child went. */
function firstCut(gap: string, after: string, isOnly: boolean): string {
  if (!isOnly) return gap + after.trimStart();
  return (gap + after).trim() === '' ? '' : joined(gap, after);
}

/** Without the whitespace before the node that went, unless that ends a line comment. */
function joined(gap: string, after: string): string {
  const endsInComment = /\/\/[^\n]*$/.test(gap.trimEnd());
  return endsInComment && !/^[ \t]*\r?\n/.test(after) ? gap + after : gap.trimEnd() + after;
}

/** The text without its first comma outside comments, if that comes before any value; null when there is none. */
function withoutComma(text: string): string | null {
  const comma = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*,/.exec(text)?.[0];
  return comma === undefined ? null : comma.slice(0, -1) + text.slice(comma.length);
}
