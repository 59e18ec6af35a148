import { endOf } from './jsonPlaces.ts';
import type { Node } from './jsonPlaces.ts';

/** Takes a list's entry or an object's property out with one comma, the one behind it if there is one; comments stay. */
export function cutNode(text: string, node: Node): string {
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
