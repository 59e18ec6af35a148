import { mkdir, rename, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A set-up takes well below a second: whoever holds the lock for as long, in ms, has crashed. */
const staleAfter = 30_000;
const pauseMs = 25;
const tries = 400;

/** Runs `work` while no other window does; `folder` is made to stand for it. Rejects when others hold it for 10 s. */
export async function underLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  for (let left = tries; !(await taken(folder)); left -= 1) {
    if (left === 0) throw new Error('another window is changing hooks; try again in a moment');
    if (!(await freed(folder))) await pause(pauseMs);
  }
  try {
    return await work();
  } finally {
    await rmdir(folder).catch(() => undefined);
  }
}

async function taken(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST' || error.code === 'EPERM') return false;
      throw error;
    },
  );
}

/** Takes a crashed window's lock away; only one of several that try succeeds in renaming it. */
async function freed(folder: string): Promise<boolean> {
  const facts = await stat(folder).catch(() => null);
  if (facts === null) return true;
  // Also one of a time to come: a clock was put back.
  if (Math.abs(Date.now() - facts.mtimeMs) < staleAfter) return false;
  const aside = `${folder}.${process.pid}`;
  await rename(folder, aside).catch(() => undefined);
  await rmdir(aside).catch(() => undefined);
  return true;
}
