import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderWatch } from '../../../../src/engine/ingest/watch.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';

describe('folder watch at its limit', () => {
  it('keeps lasting folders and the latest others', async () => {
    const temp = tempFolder();
    const folders = ['root', 'old', 'new'].map((name) => join(temp.path, name));
    const told: string[] = [];
    let wake = () => {};
    const watched = createFolderWatch(
      (path) => {
        told.push(path);
        wake();
      },
      (code) => assert.fail(code),
      2,
    );
    try {
      for (const folder of folders) {
        mkdirSync(folder);
        watched.add(folder, folder.endsWith('root'));
      }
      for (const folder of folders.toReversed()) writeFileSync(join(folder, 'x'), '');
      const root = join(temp.path, 'root', 'x');
      while (!told.includes(root)) await new Promise<void>((resolve) => (wake = resolve));
      assert.deepEqual([...new Set(told)], [join(temp.path, 'new', 'x'), root]);
    } finally {
      watched.dispose();
      temp.remove();
    }
  });
});
