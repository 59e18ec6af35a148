import assert from 'node:assert/strict';
import { listFiles, PackageManager } from '@vscode/vsce';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const manifest = z
  .object({ main: z.string(), bin: z.record(z.string(), z.string()), icon: z.string() })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** All that is shipped. */
const shipped = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/cli.js',
  'dist/cliRun.js',
  'dist/cliShared.js',
  'dist/engine.js',
  'dist/extension.cjs',
  'dist/panel.css',
  'dist/panel.js',
  'dist/tiktoken/encoders/cl100k_base.json',
  'dist/tiktoken/encoders/o200k_base.json',
  'dist/tiktoken/lite/tiktoken_bg.wasm',
  'dist/tokens.js',
  'media/icon.png',
  'media/icon.svg',
  'media/readme/breakdown.png',
  'media/readme/preflight.png',
  'media/readme/tooltip.png',
  'media/walkthrough/breakdown.md',
  'media/walkthrough/budget.md',
  'media/walkthrough/glance.md',
  'media/walkthrough/preflight.md',
  'package.json',
  'package.nls.json',
];

describe('the package', function () {
  this.timeout(20_000);

  it('holds the bundles and what they show: no sources, tests or source maps', async () => {
    const files = await listFiles({ packageManager: PackageManager.None });
    assert.deepEqual(files.map((file) => file.replaceAll('\\', '/')).toSorted(), shipped);
  });

  it('holds every file that its manifest starts', () => {
    const started = [manifest.main, ...Object.values(manifest.bin), manifest.icon].map((file) =>
      file.replace('./', ''),
    );
    assert.deepEqual(
      started.filter((file) => !shipped.includes(file)),
      [],
    );
  });
});
