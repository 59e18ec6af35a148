import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/*
 * Writing into files that belong to an agent and its user:
 *
 *   const was = await readAgentFile(path);            // bytes (null: not there), links followed
 *   const undo = await keepCopy(folder, was.bytes);   // name of the copy below our own folder
 *   if (!(await replaceFile(was, next))) …            // somebody else wrote meanwhile: read again and think again
 *   if (fingerprint(now.bytes) === ours) await replaceFile(now, await readCopy(folder, undo));  // null deletes the file
 *
 * `fingerprint(next)` is what a record keeps to tell whether a file is still as we left it.
 */

/** One file as it was read. */
export interface AgentFile {
  readonly path: string;
  /** Where its bytes stand: `path` with every link followed, also when the last one leads to nothing yet. */
  readonly target: string;
  /** Null when there is no such file. */
  readonly bytes: Buffer | null;
  readonly mode: number | null;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** Settings are written by people; far more than this is something else. */
const mostBytes = 8_000_000;
const mostLinks = 16;
const tries = 20;

/** Reads a file and where it really stands. Rejects when it is there but is no readable file of a sane size. */
export async function readAgentFile(path: string): Promise<AgentFile> {
  const target = await targetOf(path);
  const facts = await absentAs(stat(target), null);
  if (facts === null) return { path, target, bytes: null, mode: null, owner: null };
  if (!facts.isFile()) throw new Error(`${path} is not a file`);
  if (facts.size > mostBytes) throw new Error(`${path} is too large for a settings file`);
  const bytes = await readFile(target);
  return { path, target, bytes, mode: facts.mode & 0o7777, owner: { uid: facts.uid, gid: facts.gid } };
}

/**
 * Puts `next` in the file's place whole, null deletes it; the mode stays, links stay links. False when it is no longer
 * as it was read; nothing is written then. Rejects when it may not be written. `mode` is for a file that is not there yet.
 */
export async function replaceFile(was: AgentFile, next: Buffer | null, mode = 0o600): Promise<boolean> {
  if (was.mode !== null && (was.mode & 0o222) === 0) throw new Error(`${was.path} is write-protected`);
  if (next === null) return remove(was);
  await mkdir(dirname(was.target), { recursive: true });
  const draft = join(dirname(was.target), `.${basename(was.target)}.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    await writeDraft(draft, next, was.mode ?? mode);
    // Only a privileged user can give a file away; everybody else's draft is already their own.
    if (was.owner !== null) await chown(draft, was.owner.uid, was.owner.gid).catch(() => undefined);
    if (!(await isAsRead(was))) return false;
    await rename(draft, was.target);
    return true;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Changes a file of our own by what it holds at that moment, however many windows do so at once. Rejects when it may not be
 * written, or keeps changing.
 */
export async function updateFile(path: string, next: (bytes: Buffer | null) => string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (let left = tries; left > 0; left -= 1) {
    const was = await readAgentFile(path);
    if (await replaceFile(was, Buffer.from(next(was.bytes)))) return;
  }
  throw new Error(`${path} keeps changing; try again in a moment`);
}

/** What a record keeps of a file's bytes, to know them again; `absent` for no file. */
export function fingerprint(bytes: Buffer | null): string {
  return bytes === null ? 'absent' : createHash('sha256').update(bytes).digest('hex');
}

/** Keeps the bytes in `folder`, readable by the user alone; returns the name to fetch them by. */
export async function keepCopy(folder: string, bytes: Buffer | null): Promise<string> {
  const name = fingerprint(bytes);
  if (bytes === null) return name;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await replaceFile(await readAgentFile(join(folder, name)), bytes);
  return name;
}

/** The bytes kept under that name, null for a file that was not there. Rejects when the copy is gone or altered. */
export async function readCopy(folder: string, name: string): Promise<Buffer | null> {
  if (name === fingerprint(null)) return null;
  const bytes = await readFile(join(folder, basename(name)));
  if (fingerprint(bytes) !== name) throw new Error('the kept copy was altered');
  return bytes;
}

/** Forgets a kept copy. */
export async function dropCopy(folder: string, name: string): Promise<void> {
  await rm(join(folder, basename(name)), { force: true });
}

async function remove(was: AgentFile): Promise<boolean> {
  if (!(await isAsRead(was))) return false;
  await rm(was.target, { force: true });
  return true;
}

async function writeDraft(path: string, bytes: Buffer, mode: number): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, mode);
}

async function isAsRead(was: AgentFile): Promise<boolean> {
  if ((await targetOf(was.path)) !== was.target) return false;
  const now = await absentAs(readFile(was.target), null);
  return now === null || was.bytes === null ? now === was.bytes : now.equals(was.bytes);
}

async function targetOf(path: string, links = 0): Promise<string> {
  const whole = await absentAs(realpath(path), null);
  if (whole !== null) return whole;
  if (links > mostLinks) throw new Error(`${path} is a link that leads nowhere`);
  const facts = await absentAs(lstat(path), null);
  const folder = dirname(path);
  if (facts?.isSymbolicLink() !== true) return join(await absentAs(realpath(folder), folder), basename(path));
  return targetOf(resolve(await realpath(folder), await readlink(path)), links + 1);
}

async function absentAs<T, U>(work: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return otherwise;
    }
    throw error;
  }
}
