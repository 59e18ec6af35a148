// A throw-away home with a client's own settings and a small project, and the client run in it.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { environmentOf } from '../vscode/profile.mjs';
import type { Client, Place } from './agents/client.ts';
import { installedIn } from './install.ts';

/** Writes the client's settings into the home. */
export function settle(client: Client, place: Place): void {
  for (const [file, text] of Object.entries({ ...client.settings(place), ...client.state?.(place) })) {
    if (text === null) continue;
    const target = path.join(place.home, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}

/** The client's settings as they are now, by path below the home; null where nothing is. */
export function settingsNow(client: Client, place: Place): Readonly<Record<string, string | null>> {
  const read = (file: string): string | null => (fs.existsSync(file) ? fs.readFileSync(file, 'latin1') : null);
  const files = Object.keys(client.settings(place));
  return Object.fromEntries(files.map((file) => [file, read(path.join(place.home, file))]));
}

/** What a client runs in. Nothing of this process's own environment but its PATH reaches it. */
export function clientEnvironment(client: Client, place: Place): NodeJS.ProcessEnv {
  const { XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME } = environmentOf(place.home);
  const folders = { XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME };
  const PATH = `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  const terminal = { TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC', SHELL: '/bin/sh' };
  return { HOME: place.home, ...folders, PATH, ...terminal, ...client.env(place) };
}

/** The program and its leading arguments. */
export function commandOf(client: Client): readonly [string, ...string[]] {
  const program = path.join(installedIn(client), client.program);
  return program.endsWith('.js') ? [process.execPath, program] : [program];
}

export interface Ran {
  /** Null when it was ended from outside. */
  readonly code: number | null;
  /** Everything it printed. */
  readonly output: string;
}

/** Runs the client to its end, without a terminal. */
export function runClient(client: Client, place: Place, args: readonly string[], seconds = 100): Promise<Ran> {
  const [program, ...leading] = commandOf(client);
  const child = spawn(program, [...leading, ...args], {
    cwd: place.folder,
    env: clientEnvironment(client, place),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
