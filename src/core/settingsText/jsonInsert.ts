import { endOf, marginOf, nodeAt, property, rootOf, styleOf, written } from './jsonPlaces.ts';
import type { Node } from './jsonPlaces.ts';
import { nested } from './settings.ts';

// Values put into the text of a settings file; nothing else of it changes. All of it throws in words for the user, to
// follow the file's name, when the text cannot be read or something else stands there.

/** Appends a value to the list at the path, which is made where nothing stands. */
export function append(text: string, at: readonly string[], value: unknown): string {
  const array = nodeAt(rootOf(text), at);
  if (array === null) return insert(text, at, [value]);
  if (array.type !== 'array') throw new Error(`has something else than a list as ${at.join('.')}`);
  return intoContainer(text, array, (margin) => written(value, margin, styleOf(text)));
}

/** Sets a value whose key is absent, with the objects that lead there. */
export function insert(text: string, at: readonly string[], value: unknown): string {
  const root = rootOf(text);
  if (root === null) return fresh(text, nested(at, value));
  const depth = at.findIndex((key, i) => property(objectAt(root, at.slice(0, i)), key) === null);
  const [key = '', ...rest] = at.slice(depth);
  const object = objectAt(root, at.slice(0, depth));
  return intoContainer(text, object, (margin) => {
    const name = `${JSON.stringify(key)}:${margin === null && !/:\s/.test(text) ? '' : ' '}`;
    return name + written(nested(rest, value), margin, styleOf(text));
  });
}

function objectAt(root: Node, at: readonly string[]): Node {
  const node = nodeAt(root, at);
  if (node?.type !== 'object') throw new Error(`has something else than an object as ${at.join('.')}`);
  return node;
}

/** What is cut there again leaves no trace. */
function intoContainer(text: string, node: Node, write: (margin: string | null) => string): string {
  const last = node.children?.at(-1);
  if (last) return behind(text, last, write);
  const margin = marginOfLine(text, node);
  if (margin === null) return splice(text, node.offset + 1, write(null));
  const { eol, unit } = styleOf(text);
  const isTight = text.slice(node.offset + 1, endOf(node) - 1).trim() === '';
  const open = `${eol}${margin}${unit}${write(margin + unit)}`;
  if (!isTight) return splice(text, node.offset + 1, open);
  return text.slice(0, node.offset + 1) + open + eol + margin + text.slice(endOf(node) - 1);
}

/** Behind the last child and the comment beside it; a list that ends in a comma goes on to. */
function behind(text: string, last: Node, write: (margin: string | null) => string): string {
  const margin = marginOf(text, last);
  if (margin === null) return splice(text, endOf(last), `,${/[,:]\s/.test(text) ? ' ' : ''}${write(null)}`);
  const { eol } = styleOf(text);
  const beside = /^([ \t]*,)?(?:[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/))?(?=[ \t]*\r?\n)/.exec(
    text.slice(endOf(last)),
  );
  if (!beside) return splice(text, endOf(last), `,${eol}${margin}${write(margin)}`);
  const [rest, comma] = beside;
  const line = `${comma === undefined ? ',' : ''}${rest}${eol}${margin}${write(margin)}${comma === undefined ? '' : ','}`;
  return text.slice(0, endOf(last)) + line + text.slice(endOf(last) + rest.length);
}

/** The margin of an empty container's line; null where the whole file is one line of several values. */
function marginOfLine(text: string, node: Node): string | null {
  const isOneLine = !text.trim().includes('\n');
  if (isOneLine && node.parent !== undefined) return null;
  return /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, node.offset))?.[1] ?? '';
}

/** A file that holds no value yet: its comments stay on top. */
function fresh(text: string, value: unknown): string {
  const style = styleOf(text);
  const gap = text === '' || text.endsWith('\n') ? '' : style.eol;
  return text + gap + written(value, '', style) + style.eol;
}

function splice(text: string, offset: number, inserted: string): string {
  return text.slice(0, offset) + inserted + text.slice(offset);
}
