import { getNodeValue, parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';

export type { Node };

// Places in the text of a settings file: JSON as agents take it, with comments and trailing commas.

/** The file's root object; null for a text without any value. Throws in words for the user. */
export function rootOf(text: string): Node | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors[0]) throw new Error(`is not valid JSON (line ${lineOf(text, errors[0].offset)})`);
  if (root === undefined) return null;
  if (root.type !== 'object') throw new Error('is not a JSON object');
  return root;
}

/** The property's node; of a key that stands twice the last, which is the one that counts. */
export function property(object: Node, key: string): Node | null {
  return object.children?.findLast(({ children }) => children?.[0]?.value === key) ?? null;
}

/** The value's node at a path of keys. */
export function nodeAt(root: Node | null, path: readonly string[]): Node | null {
  return path.reduce<Node | null>(
    (within, key) => (within?.type === 'object' ? (property(within, key)?.children?.[1] ?? null) : null),
    root,
  );
}

/** What a node says. */
export function saidBy(node: Node): unknown {
  return getNodeValue(node) as unknown;
}

export const endOf = ({ offset, length }: Node): number => offset + length;

/** The file's own line end and unit of indentation. */
export interface Style {
  readonly eol: string;
  readonly unit: string;
}

export function styleOf(text: string): Style {
  const unit = /^(?:\t| {1,8})(?=\S)/m.exec(text)?.[0] ?? '  ';
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', unit };
}

/** The whitespace before a node when it is the first of its line; null when it is not. */
export function marginOf(text: string, { offset }: Node): string | null {
  return /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset))?.[1] ?? null;
}

/** A value as text, its further lines below `margin`; all in one line where `margin` is null. */
export function written(value: unknown, margin: string | null, { eol, unit }: Style): string {
  if (margin === null) return JSON.stringify(value);
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + margin);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
