// One bundle per runtime: what is external says who may see what. Only the extension knows `vscode`, only the panel the DOM.
import { build } from 'esbuild';
import { cpSync } from 'node:fs';
import { writeListedRates } from './src/core/pricing/generate.mjs';

await writeListedRates();

const shared = { bundle: true, sourcemap: 'linked', minify: true, legalComments: 'none', logLevel: 'warning' };
const node = {
  ...shared,
  platform: 'node',
  target: 'node22.17',
  // Its CommonJS form asks for its own parts in a way that cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};
// Packages written for CommonJS ask for `require` inside an ES module.
const withRequire = {
  js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
};

await Promise.all([
  build({
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
  }),
  build({
    ...node,
    entryPoints: ['src/engine/main.ts'],
    outfile: 'dist/engine.js',
    format: 'esm',
    banner: withRequire,
  }),
  build({
    ...node,
    // The thread that counts tokens; its wasm and vocabularies are read when they are needed.
    entryPoints: ['src/engine/tokens/thread.ts'],
    outfile: 'dist/tokens.js',
    format: 'esm',
    banner: withRequire,
  }),
  build({
    ...node,
    // Two files: the first runs on an older Node too and must not ask for SQLite before it has found a newer one.
    entryPoints: [
      { in: 'src/engine/cli.ts', out: 'cli' },
      { in: 'src/engine/cli/run.ts', out: 'cliRun' },
    ],
    outdir: 'dist',
    splitting: true,
    chunkNames: 'cliShared',
    format: 'esm',
    target: 'node20',
    banner: withRequire,
  }),
  build({
    ...shared,
    entryPoints: ['media/panel/main.ts'],
    outfile: 'dist/panel.js',
    format: 'iife',
    platform: 'browser',
    target: 'chrome130',
  }),
]);

for (const file of ['lite/tiktoken_bg.wasm', 'encoders/cl100k_base.json', 'encoders/o200k_base.json']) {
  cpSync(`node_modules/tiktoken/${file}`, `dist/tiktoken/${file}`);
}
