// Bundles the in-host suite for the extension host's `require`, one file per test file.
import * as fs from 'node:fs';
import { build } from 'esbuild';

const here = import.meta.dirname;
const files = fs.readdirSync(here).filter((file) => file.endsWith('.test.ts'));
await build({
  entryPoints: ['suite.ts', ...files].map((file) => `${here}/${file}`),
  outdir: `${here}/../../out/host`,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22.17',
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  logLevel: 'warning',
});
