// A client in a terminal of its own: util-linux's `script` makes the terminal, xterm.js (VS Code's own) draws its screen.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { repo } from '../vscode/places.mjs';
import type { Client, Place } from './agents/client.ts';
import { clientEnvironment, commandOf } from './world.ts';

/** The part of xterm.js that is used here; its types are not installed. */
interface Emulator {
  write(data: string, drawn: () => void): void;
  onData(listener: (answer: string) => void): void;
  readonly buffer: { readonly active: { readonly length: number; getLine(y: number): Line | undefined } };
}
interface Line {
  translateToString(trimRight: boolean): string;
}
type EmulatorClass = new (options: Readonly<Record<string, unknown>>) => Emulator;

const size = { rows: 50, cols: 160 };
const server = path.join(repo, 'test/vscode/node_modules/code-server/lib/vscode/');

export interface TerminalRun {
  /** The screen with what scrolled off, line by line. */
  text(): string;
  /** Waits until the screen shows it; fails with the screen after `seconds`. */
  shows(wanted: RegExp, seconds?: number): Promise<void>;
  /** Types as a person does: `\r` is Enter. */
  type(keys: string): void;
  /** Types until the screen shows it: a program that has just drawn its screen may not listen yet. */
  press(keys: string, wanted: RegExp): Promise<void>;
  close(): Promise<void>;
}

export function openTerminal(client: Client, place: Place, args: readonly string[] = []): TerminalRun {
  const { Terminal }: { Terminal: EmulatorClass } = createRequire(server)('@xterm/headless');
  const emulator = new Terminal({ ...size, scrollback: 1000, allowProposedApi: true });
  const command = `stty rows ${size.rows} cols ${size.cols}; exec ${[...commandOf(client), ...args].map(quoted).join(' ')}`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    cwd: place.folder,
    env: clientEnvironment(client, place),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    emulator.write(data, () => {
      for (const look of waiting) look();
    });
  });
  child.stdin.on('error', () => undefined);
  // Programs ask their terminal what it is.
  emulator.onData((answer) => child.stdin.write(answer));
  const text = (): string => {
    const { active } = emulator.buffer;
    const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  };
  const shows = (wanted: RegExp, seconds = 60): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      const look = (): void => {
        if (!wanted.test(text())) return;
        done();
        resolve();
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`the terminal did not show ${wanted} in ${seconds} s:\n${text()}`));
      }, seconds * 1000);
      waiting.add(look);
      look();
    });
  return {
    text,
    shows,
    type: (keys) => void child.stdin.write(keys),
    async press(keys, wanted) {
      for (let tries = 0; tries < 10; tries++) {
        child.stdin.write(keys);
        const heard = await shows(wanted, 3).then(
          () => true,
          () => false,
        );
        if (heard) return;
      }
      await shows(wanted, 0);
    },
    async close() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await closed;
      clearTimeout(timer);
    },
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
