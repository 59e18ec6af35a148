import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windowFor } from '../../../../src/engine/preflight/routing.ts';

interface Window {
  readonly name: string;
  readonly folders: readonly string[];
  readonly focused: boolean;
}

const at = (name: string, ...folders: string[]): Window => ({ name, folders, focused: false });
const focused = (window: Window): Window => ({ ...window, focused: true });

const cases: readonly (readonly [
  name: string,
  cwd: string | null,
  windows: readonly Window[],
  expected: string | null,
])[] = [
  ['the window of the folder', '/a/shop', [at('other', '/b'), at('it', '/a/shop')], 'it'],
  ['the window of a folder around it', '/a/shop/src/x', [at('other', '/b'), at('it', '/a/shop')], 'it'],
  ['the closest folder', '/a/shop/src', [at('wide', '/a'), at('it', '/c', '/a/shop'), at('other', '/a/sh')], 'it'],
  ['not a folder that only begins alike', '/a/shopping', [at('other', '/a/shop')], null],
  ['not a folder inside it', '/a', [at('other', '/a/shop')], null],
  ['the holder before the focused one', '/a/shop', [focused(at('other', '/b')), at('it', '/a')], 'it'],
  ['the focused one of two holders', '/a', [at('other', '/a'), focused(at('it', '/a'))], 'it'],
  ['the closer of two holders, focused or not', '/a/b', [focused(at('other', '/a')), at('it', '/a/b')], 'it'],
  ['the focused one where none holds it', '/z', [at('other', '/a'), focused(at('it', '/b'))], 'it'],
  ['the focused one where no folder is known', null, [at('other', '/a'), focused(at('it'))], 'it'],
  ['the focused one for a folder that is no path', 'a', [at('other', 'a', '/a'), focused(at('it'))], 'it'],
  ['none where none holds it and none is focused', '/z', [at('other', '/a')], null],
  ['none of none', '/z', [], null],
  ['the window of the whole disk', '/z', [focused(at('other', '/a')), at('it', '/')], 'it'],
];

describe('routing', () => {
  for (const [name, cwd, windows, expected] of cases) {
    it(`finds ${name}`, () => assert.equal(windowFor(windows, cwd)?.name ?? null, expected));
  }

  it('sees through links', () => {
    const base = mkdtempSync(join(tmpdir(), 'routing-'));
    try {
      mkdirSync(join(base, 'real/shop'), { recursive: true });
      symlinkSync(join(base, 'real'), join(base, 'link'));
      for (const [cwd, folder] of [
        ['link/shop', 'real/shop'],
        ['real/shop', 'link/shop'],
      ] as const) {
        assert.equal(windowFor([at('it', join(base, folder))], join(base, cwd))?.name, 'it');
      }
    } finally {
      rmSync(base, { recursive: true });
    }
  });
});
