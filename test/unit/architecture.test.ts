import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { hookAdapters } from '../../src/core/hooks/index.ts';
import { sources } from '../../src/core/sources/index.ts';
import { thinkingAdapters } from '../../src/core/thinking/index.ts';
import { agentsOf, breaches, importsOf } from '../support/house.ts';

const core = 'src/core/a.ts';
const long = 'const a = 1;\n'.repeat(301);

/** An agent. */
const owl = { 'src/core/thinking/owl.ts': "export const owl = {\n  id: 'owl',\n};" };

/** Planted violations: path and text of each file, and what must be found. */
const planted: readonly (readonly [name: string, files: Record<string, string>, found: RegExp])[] = [
  ['vscode in core', { [core]: "import * as vscode from 'vscode';" }, /core\/a\.ts: must not import vscode/],
  ['vscode types in core', { [core]: "import type { Uri } from 'vscode';" }, /must not import vscode/],
  ['node in core', { [core]: "import { readFileSync } from 'node:fs';" }, /must not import node:fs/],
  ['node in core, at run time', { [core]: "const fs = await import('node:fs');" }, /must not import node:fs/],
  ['node in core, bare', { [core]: "import 'node:fs';" }, /must not import node:fs/],
  ['a package in core', { [core]: "import x from 'left-pad';" }, /must not import left-pad/],
  [
    'a parser of settings outside its room',
    { 'src/core/hooks/a.ts': "import x from 'jsonc-parser';" },
    /must not import/,
  ],
  [
    'hooks in settings as text',
    { 'src/core/settingsText/a.ts': "import { x } from '../hooks/b.ts';" },
    /must not import/,
  ],
  ['core to engine', { [core]: "export { x } from '../engine/b.ts';" }, /must not import src\/engine\/b\.ts/],
  ['prices in a source', { 'src/core/sources/x.ts': "import { p } from '../pricing/p.ts';" }, /must not import/],
  ['clock in core', { [core]: 'const now = Date.now();' }, /asks its surroundings/],
  ['clock in core, as a date', { [core]: 'const now = new Date();' }, /asks its surroundings/],
  ['chance in core', { [core]: 'const r = Math.random();' }, /asks its surroundings/],
  ['zone in core', { [core]: 'const f = new Intl.DateTimeFormat();' }, /asks its surroundings/],
  ['vscode in the engine', { 'src/engine/a.ts': "import * as vscode from 'vscode';" }, /must not import vscode/],
  ['engine to views', { 'src/engine/a.ts': "import { p } from '../vscode/p.ts';" }, /must not import src\/vscode/],
  ['views to engine', { 'src/vscode/a.ts': "import { p } from '../engine/p.ts';" }, /must not import src\/engine/],
  ['node in a view', { 'src/vscode/a.ts': "import { readFileSync } from 'node:fs';" }, /must not import node:fs/],
  [
    'files beside the fork',
    { 'src/vscode/engineProcess.ts': "import { x } from 'node:fs';" },
    /must not import node:fs/,
  ],
  ['node in the root', { 'src/extension.ts': "import { x } from 'node:path';" }, /must not import node:path/],
  ['media to the ledger', { 'media/panel/a.ts': "import { x } from '../../src/engine/b.ts';" }, /must not import/],
  ['media to settings', { 'media/panel/a.ts': "import { x } from '../../src/core/settings.ts';" }, /must not import/],
  ['zod in media', { 'media/panel/a.ts': "import * as z from 'zod';" }, /must not import zod$/],
  ['query schemas in media', { 'media/a.ts': "import { s } from '../src/core/query.ts';" }, /must not import/],
  ['a test in the product', { [core]: "import { x } from '../../test/support/y.ts';" }, /must not import test/],
  ['a file in no room', { 'src/a.ts': "import { x } from './core/a.ts';" }, /stands in no room/],
  [
    'a cycle',
    { [core]: "import { b } from './b.ts';", 'src/core/b.ts': "import { a } from './a.ts';" },
    /import cycle/,
  ],
  ['a cycle of types', { [core]: "import type { A } from './a.ts';" }, /import cycle/],
  ['an agent outside its files', { ...owl, 'src/engine/a.ts': "export const a = 'owl';" }, /a\.ts: knows .* by name/],
  ['an agent in a view', { ...owl, 'media/a.ts': 'export const a = `owl`;' }, /media\/a\.ts: knows .* by name/],
  [
    "an agent in another one's file",
    { ...owl, 'src/core/hooks/robin.ts': "export const a = 'owl';" },
    /robin\.ts: knows/,
  ],
  [
    'an agent in what all agents share',
    { ...owl, 'src/core/hooks/shape.ts': "if (a === 'owl') b();" },
    /shape\.ts: knows/,
  ],
  [
    "a word that begins like an agent's",
    { ...owl, 'src/core/hooks/owlish.ts': "export const a = 'owl';" },
    /owlish\.ts: knows/,
  ],
  [
    'an agent by its file',
    { ...owl, 'src/engine/a.ts': "import { owl } from '../core/thinking/owl.ts';" },
    /a\.ts: knows an agent by its file/,
  ],
  [
    'an agent in the shared code of its room',
    { ...owl, 'src/core/thinking/layers.ts': "import { owl } from './owl.ts';" },
    /layers\.ts: knows an agent by its file/,
  ],
  ['a hook that is called over http', { [core]: "const entry = { type: 'http', url };" }, /an http hook/],
  ['one in a text', { [core]: 'const text = `{ "type": "http" }`;' }, /an http hook/],
  ['one in a text in a text', { [core]: 'const text = \'{ \\"type\\": \\"http\\" }\';' }, /an http hook/],
  ['a long file', { [core]: long }, /too long/],
  ['mutable state', { [core]: 'let count = 0;' }, /module-level mutable state/],
  ['a default export', { [core]: 'export default 1;' }, /default export/],
  ['a barrel', { [core]: "export * from './b.ts';" }, /barrel/],
  ['a drawer', { 'src/core/utils.ts': '' }, /a drawer/],
];

/** What looks like a violation and is none. */
const innocent: readonly (readonly [name: string, files: Record<string, string>])[] = [
  ['words in comments', { [core]: "// import { x } from 'vscode'; Date.now()\n/* Math.random() */" }],
  ['a date that is told', { [core]: 'const d = new Date(at);' }],
  ['state in a function', { [core]: 'function f() {\n  let n = 0;\n  return n;\n}' }],
  ['types for the page', { 'media/a.ts': "import type { Query } from '../src/core/query.ts';" }],
  [
    'an agent in its own files and lists',
    {
      ...owl,
      'src/core/hooks/owl.ts': "const id = 'owl';",
      'src/core/sources/owlPaths.ts': "export const a = 'owl';",
      'src/core/thinking/index.ts': "import { owl } from './owl.ts';",
    },
  ],
  ["a model of an agent's name", { ...owl, 'src/core/pricing/a.ts': "export const a = 'owl';" }],
  ['exactly 300 lines', { [core]: 'const a = 1;\n'.repeat(300) }],
  ['a diamond', { [core]: "import './b.ts';\nimport './c.ts';", 'src/core/b.ts': "import './c.ts';" }],
];

describe('architecture', () => {
  for (const [name, files, found] of planted) {
    it(`finds ${name}`, () => {
      const all = breaches(new Map(Object.entries(files)));
      assert.ok(
        all.some((breach) => found.test(breach)),
        `found ${JSON.stringify(all)}`,
      );
    });
  }

  for (const [name, files] of innocent) {
    it(`accepts ${name}`, () => assert.deepEqual(breaches(new Map(Object.entries(files))), []));
  }

  it('reads imports over several lines', () => {
    const text = "import type {\n  A,\n  B,\n} from './b.ts';\nimport { c } from 'zod';";
    assert.deepEqual(importsOf(core, text), [
      { from: core, to: 'src/core/b.ts', typeOnly: true },
      { from: core, to: 'zod', typeOnly: false },
    ]);
  });

  it('holds in this house', () => {
    const paths = globSync('{src,media}/**/*.ts');
    assert.ok(paths.length > 40, 'the check must see the house');
    const files = new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(path, 'utf8')]));
    assert.deepEqual(breaches(files), []);
    const known = [...sources, ...hookAdapters, ...thinkingAdapters].map(({ id }) => id);
    assert.deepEqual(agentsOf(files).toSorted(), [...new Set(known)].toSorted(), 'the check must see every agent');
  });
});
