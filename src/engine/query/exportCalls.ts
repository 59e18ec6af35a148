import type { DatabaseSync } from 'node:sqlite';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { callRecord, csvHeader, csvRecord } from './callRecord.ts';
import { pagesOfCalls } from './calls.ts';
import type { Scope } from './scope.ts';

/**
 * Writes the calls in `scope`, oldest first, to `path`, which is replaced only by a whole file.
 * Rejects with the file system's error when it cannot be written.
 */
export async function exportCalls(
  db: DatabaseSync,
  scope: Scope,
  format: 'csv' | 'json',
  path: string,
): Promise<{ readonly path: string; readonly calls: number }> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const file = await open(draft, 'w', 0o600);
  let calls = 0;
  try {
    await file.appendFile(format === 'csv' ? csvHeader : '[');
    for (const page of pagesOfCalls(db, scope)) {
      const lines = page.map((call, i) =>
        format === 'csv' ? csvRecord(call) : `${calls + i === 0 ? '\n' : ',\n'}${JSON.stringify(callRecord(call))}`,
      );
      await file.appendFile(lines.join(''));
      calls += page.length;
    }
    if (format === 'json') await file.appendFile('\n]\n');
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
  return { path, calls };
}
