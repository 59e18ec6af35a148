import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import type { SettingsChange } from './settingsChange.ts';

/**
 * JSON with comments with one key set, and not a byte touched beside it, which the library's own formatting would do. Null
 * where a value on the way is no object. The caller checks the result by parsing.
 */
export function withJsonChange(text: string, { at, value }: SettingsChange): string | null {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (text.trim() === '') return withJsonChange(`{${eol}}${eol}`, { at, value });
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) return null;
  const there = findNodeAtLocation(root, [...at]);
  if (there === undefined) return value === undefined ? text : inserted(text, root, at, value);
  const next = value === undefined ? followerOfFirst(there) : undefined;
  // The library would join the follower to the brace.
  if (next !== undefined) return text.slice(0, there.parent?.offset) + text.slice(next.offset);
  return applyEdits(text, modify(text, [...at], value, {}));
}

/** The entry after the one of that value, when that is its object's first. */
function followerOfFirst(value: Node): Node | undefined {
  const entries = value.parent?.parent?.children;
  return entries?.[0] === value.parent ? entries?.[1] : undefined;
}

function inserted(text: string, root: Node, at: readonly string[], value: unknown): string | null {
  const depth = at.findLastIndex((_, i) => findNodeAtLocation(root, at.slice(0, i)) !== undefined);
  const parent = findNodeAtLocation(root, at.slice(0, depth));
  if (parent?.type !== 'object') return null;
  const inner = at.slice(depth + 1).reduceRight((rest: unknown, key) => ({ [key]: rest }), value);
  const last = parent.children?.at(-1);
  const offset = last === undefined ? parent.offset + 1 : last.offset + last.length;
  const layout = layoutOf(text, parent);
  const entry = `${JSON.stringify(at[depth])}: ${layout.pretty(inner)}`;
  const after =
    last === undefined && !text.slice(offset, parent.offset + parent.length).includes('\n') ? layout.close : '';
  return `${text.slice(0, offset)}${last === undefined ? '' : ','}${layout.open}${entry}${after}${text.slice(offset)}`;
}

interface Layout {
  /** What stands before an entry of the object, and before its closing brace. */
  readonly open: string;
  readonly close: string;
  pretty(value: unknown): string;
}

/** The object's own way: one line stays one line, else its entries' indentation, a file's first where it has none. */
function layoutOf(text: string, parent: Node): Layout {
  const first = parent.children?.[0];
  const inOneLine =
    !text.trim().includes('\n') || (first !== undefined && !text.slice(parent.offset, first.offset).includes('\n'));
  if (inOneLine) return { open: first === undefined ? '' : ' ', close: '', pretty: (value) => JSON.stringify(value) };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^(?<space>[ \t]+)"/m.exec(text)?.groups?.['space'] ?? '  ';
  const outer = indentAt(text, parent.offset);
  const indent = first === undefined ? outer + unit : indentAt(text, first.offset);
  return {
    open: eol + indent,
    close: eol + outer,
    pretty: (value) => JSON.stringify(value, null, unit).replaceAll('\n', eol + indent),
  };
}

/** The white space with which the line of that offset begins. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
