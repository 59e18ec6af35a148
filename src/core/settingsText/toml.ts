import type { SettingsChange } from './settings.ts';

const simple = `"(?:[^"\\\\]|\\\\.)*"|'[^']*'|true|false|[0-9]+`;
/** A table's header stands alone on its line; a line of an array that begins like one does not. */
const header = /^\s*\[\[?(?<name>[^[\]]+)\]\]?\s*(?:#.*)?$/;

/**
 * TOML with one key set, line by line; null where this is not possible so. A key that is not there yet becomes the first
 * line: that one is never inside a table or a text of several lines. The caller checks the result by parsing.
 */
export function withTomlChange(text: string, { at, value }: SettingsChange): string | null {
  const key = at.at(-1);
  if (key === undefined || (value !== undefined && typeof value !== 'string')) return null;
  const lines = text.split(/(?<=\n)/);
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^(\\s*(?:${name}|"${name}"|'${name}')\\s*=\\s*)(?:${simple})(\\s*(?:#.*)?)$`);
  const [from, to] = tableRange(lines, at.slice(0, -1));
  const index = lines.findIndex((line, i) => i >= from && i < to && pattern.test(bare(line)));
  const line = lines[index];
  if (line !== undefined) {
    const next = value === undefined ? '' : line.replace(bare(line), (was) => was.replace(pattern, setTo(value)));
    return [...lines.slice(0, index), next, ...lines.slice(index + 1)].join('');
  }
  if (value === undefined) return text;
  return at.length > 1 ? null : `${key} = ${quoted(value)}${text.includes('\r\n') ? '\r\n' : '\n'}${text}`;
}

function setTo(value: string): (whole: string, before: string, after: string) => string {
  return (_, before, after) => before + quoted(value) + after;
}

/** JSON's texts are TOML's basic strings too. */
function quoted(value: string): string {
  return JSON.stringify(value);
}

/** Lines of a table without its header; empty when it has none. */
function tableRange(lines: readonly string[], table: readonly string[]): readonly [from: number, to: number] {
  const start = table.length === 0 ? 0 : lines.findIndex((line) => headerOf(line) === table.join('.')) + 1;
  if (start === 0 && table.length > 0) return [0, 0];
  const end = lines.findIndex((line, i) => i >= start && headerOf(line) !== null);
  return [start, end < 0 ? lines.length : end];
}

function headerOf(line: string): string | null {
  const name = header.exec(bare(line))?.groups?.['name'];
  const parts = name?.split('.').map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'));
  return parts?.join('.') ?? null;
}

function bare(line: string): string {
  return line.replace(/\r?\n$/, '');
}
