import { isDeepStrictEqual } from 'node:util';
import type { HookFile } from '../../core/hooks/adapter.ts';
import { isOurs } from '../../core/hooks/ours.ts';
import { settingAt } from '../../core/settingsText/settings.ts';
import { addEntries } from './addEntries.ts';
import { absentContainers, cutEntries, madeNothing } from './cutEntries.ts';
import type { Made } from './cutEntries.ts';

/** `ours`: as this version writes it. `altered`: something of ours, but not that. `foreign`: taken by somebody else. */
export type HookFileState = 'none' | 'ours' | 'altered' | 'foreign';

/** What stands in a file; `bytes` is null where there is none. Throws in words for the user when it cannot be read. */
export function stateOf(file: HookFile, bytes: Buffer | null): HookFileState {
  if (bytes === null) return 'none';
  const { text } = decoded(bytes, file.path);
  if (file.kind === 'own') {
    if (text === file.text) return 'ours';
    return isOurs(text) ? 'altered' : 'foreign';
  }
  // Refuses what cannot be read, and tells whether anything of ours is in it.
  const isBare = withoutHooks(file.path, bytes, listsOf(file, text), madeNothing).equals(bytes);
  if (isBare) return 'none';
  const found = file.entries.map(({ at }) => entriesAt(text, at).filter(isOurs));
  const isExact = file.entries.every(({ value }, i) => isDeepStrictEqual(found[i], [value]));
  const count = listsOf(file, text).flatMap((path) => entriesAt(text, path).filter(isOurs)).length;
  return isExact && count === file.entries.length ? 'ours' : 'altered';
}

/** The file's bytes with our hooks, and what had to be made for them. `bytes` must hold none of ours yet. */
export function withHooks(file: HookFile, bytes: Buffer | null): { readonly bytes: Buffer; readonly made: Made } {
  if (file.kind === 'own') return { bytes: Buffer.from(file.text), made: madeNothing };
  const { bom, text } = decoded(bytes, file.path);
  return worded(file.path, () => {
    const { entries, needs = [] } = file;
    const made: Made = {
      containers: absentContainers(text, entries.map(({ at }) => at)), // prettier-ignore
      needs: needs.filter(({ at }) => absentContainers(text, [at]).length > 0),
    };
    return { bytes: Buffer.from(bom + addEntries(text, entries, needs)), made };
  });
}

/** The file's bytes without any entry of ours below the lists. */
export function withoutHooks(path: string, bytes: Buffer, lists: readonly (readonly string[])[], made: Made): Buffer {
  const { bom, text } = decoded(bytes, path);
  return Buffer.from(bom + worded(path, () => cutEntries(text, lists, isOurs, made)));
}

/** Every list in which ours may stand: those of this version and all beside them, where another version had some. */
export function listsIn(file: Extract<HookFile, { kind: 'json' }>, bytes: Buffer): readonly (readonly string[])[] {
  return listsOf(file, decoded(bytes, file.path).text);
}

/** Whether nothing is left in a settings file. */
export function isEmptyObject(bytes: Buffer): boolean {
  return /^\uFEFF?\s*(\{\s*\}\s*)?$/.test(bytes.toString('utf8'));
}

function listsOf({ entries }: Extract<HookFile, { kind: 'json' }>, text: string): readonly (readonly string[])[] {
  const parents = entries.map(({ at }) => at.slice(0, -1));
  const beside = parents.flatMap((parent) =>
    Object.keys(Object(settingAt(text, 'json', ...parent))).map((key) => [...parent, key]),
  );
  const all = [...entries.map(({ at }) => at), ...beside];
  return [...new Map(all.map((path) => [JSON.stringify(path), path])).values()];
}

function entriesAt(text: string, path: readonly string[]): readonly unknown[] {
  const value = settingAt(text, 'json', ...path);
  return Array.isArray(value) ? value : [];
}

function decoded(bytes: Buffer | null, path: string): { readonly bom: string; readonly text: string } {
  const whole = bytes?.toString('utf8') ?? '';
  if (bytes !== null && !Buffer.from(whole).equals(bytes)) throw new Error(`${path} is not UTF-8 text`);
  const bom = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { bom, text: whole.slice(bom.length) };
}

function worded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${path} ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
