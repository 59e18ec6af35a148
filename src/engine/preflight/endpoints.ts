import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { parseJson } from '../../core/sources/json.ts';
import { hasEnded } from '../hasEnded.ts';
import { writeWhole } from '../wholeFile.ts';

// Where the windows' servers are: one file each, named by its process, which only the user can read. The relay hands
// it to curl as configuration, so its first lines are a port in a comment and the token as a header.

const stateSchema = z.object({ host: z.string(), folders: z.array(z.string()), focused: z.boolean() });

/** What a window tells of itself. */
export interface WindowState {
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly focused: boolean;
}

/** A window's server, as its file tells. */
export interface Endpoint extends WindowState {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
  /** When it last told of itself, ms since the epoch. */
  readonly at: number;
}

/** This window's own file. */
export interface OwnEndpoint {
  /** Writes the file anew, by which the relay asks this window first. */
  update(state: WindowState): void;
  remove(): void;
}

/** Larger than thousands of folders make it. */
const mostBytes = 1_000_000;

/** `folder` is the relay's. Throws when the file cannot be written. */
export function createEndpoint(folder: string, { port, token }: { port: number; token: string }): OwnEndpoint {
  const path = join(folder, 'windows', String(process.pid));
  return {
    update: ({ folders, focused }) => {
      mkdirSync(join(folder, 'windows'), { recursive: true, mode: 0o700 });
      // Fails where the folder is another's, who could put a server of their own in our place.
      chmodSync(join(folder, 'windows'), 0o700);
      const state = JSON.stringify({ host: hostname(), folders, focused });
      writeWhole(path, `# ${port}\nheader = "Authorization: Bearer ${token}"\n# ${state}\n`, 0o600);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** The servers of living windows of this machine, the one used last first. Files of dead ones are removed. Never throws. */
export function readEndpoints(folder: string): readonly Endpoint[] {
  const windows = join(folder, 'windows');
  return namesIn(windows)
    .map((name) => readEndpoint(join(windows, name), Number(name)))
    .filter((endpoint) => endpoint !== null)
    .toSorted((a, b) => b.at - a.at);
}

/** Removes the file of a window that does not answer; one that is alive after all writes it again. */
export function discardEndpoint(folder: string, { pid }: Endpoint): void {
  removeQuietly(join(folder, 'windows', String(pid)));
}

/** Whether this process's own file is still there. */
export function isListed(folder: string): boolean {
  return namesIn(join(folder, 'windows')).includes(String(process.pid));
}

function namesIn(windows: string): readonly string[] {
  try {
    return readdirSync(windows).filter((name) => /^\d{1,10}$/.test(name));
  } catch {
    return [];
  }
}

function readEndpoint(path: string, pid: number): Endpoint | null {
  try {
    const { size, mtimeMs, mode, uid } = lstatSync(path);
    if (!isOurs({ mode, uid }) || size > mostBytes) return null;
    const [, port, token, state] = /^# (\d+)\nheader = "Authorization: Bearer (\w+)"\n# ([^\n]*)\n$/.exec(
      readFileSync(path, 'utf8'),
    ) ?? ['', '', '', ''];
    const parsed = stateSchema.safeParse(parseJson(state ?? ''));
    // Another machine or container on the same home has process ids of its own.
    if (!parsed.success || parsed.data.host !== hostname()) return null;
    if (hasEnded(pid)) {
      removeQuietly(path);
      return null;
    }
    return { pid, port: Number(port), token: token ?? '', at: mtimeMs, ...parsed.data };
  } catch {
    return null;
  }
}

/** A plain file of the user that nobody else may read; modes say nothing on Windows. */
function isOurs({ mode, uid }: { mode: number; uid: number }): boolean {
  const isFile = (mode & 0o170000) === 0o100000;
  return isFile && (process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0));
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays, and is passed over again.
  }
}
