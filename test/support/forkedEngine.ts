import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Action } from '../../src/core/actions.ts';
import type { FromEngine, ToEngine } from '../../src/core/protocol.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { later } from './later.ts';

const entry = join(import.meta.dirname, '../../src/engine/main.ts');
type Of<T extends FromEngine['type']> = Extract<FromEngine, { type: T }>;

/** The engine as the extension forks it, with a home of its own. */
export class ForkedEngine {
  readonly home: string;
  /** What it runs with; its temporary folder is in its home too. */
  readonly env: NodeJS.ProcessEnv;
  /** Everything that it logs, tells the user by itself, or prints. */
  readonly words: string[] = [];
  #acts = 1000;
  readonly #child: ChildProcess;
  readonly #messages: FromEngine[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(home = mkdtempSync(join(tmpdir(), 'burn-meter-main-'))) {
    this.home = home;
    mkdirSync(join(this.home, '.claude/projects/-home-kim-shop'), { recursive: true });
    const temporary = join(this.home, 'tmp');
    mkdirSync(temporary, { recursive: true });
    this.env = { PATH: process.env['PATH'], HOME: this.home, TMPDIR: temporary };
    this.#child = fork(entry, [], {
      env: this.env,
      execPath: process.execPath,
      execArgv: [...process.execArgv, '--no-warnings'],
      silent: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.words.push(chunk.toString()));
    }
    this.#child.on('message', (raw) => {
      const message = raw as FromEngine;
      if (message.type === 'log' || message.type === 'notice') this.words.push(message.message);
      this.#messages.push(message);
      this.#waiting.forEach((look) => look());
    });
  }

  send(message: ToEngine | Record<string, unknown>): void {
    this.#child.send(message);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  start(settings = defaultSettings, trusted = true): void {
    this.send({ type: 'start', settings, folders: ['/home/kim/shop'], timeZone: 'UTC', host: '', trusted });
  }

  /** Does as the extension's commands do; resolves to the answer, or the sentence of a failure. */
  async act(action: Action): Promise<unknown> {
    const id = ++this.#acts;
    this.send({ type: 'act', id, action });
    const { promise, resolve } = later<unknown>();
    void this.next('answer', (m) => m.id === id).then(({ answer }) => resolve(answer));
    void this.next('failure', (m) => m.id === id).then(({ message }) => resolve(message));
    return promise;
  }

  /** The first message, among those not yet taken, that fits. */
  next<T extends FromEngine['type']>(type: T, fits: (m: Of<T>) => boolean = () => true): Promise<Of<T>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const index = this.#messages.findIndex((m) => m.type === type && fits(m as Of<T>));
        if (index < 0) return;
        this.#waiting.delete(look);
        resolve(this.#messages.splice(0, index + 1).at(-1) as Of<T>);
      };
      this.#waiting.add(look);
      look();
    });
  }

  append(session: string, lines: readonly object[]): void {
    const file = join(this.home, '.claude/projects/-home-kim-shop', `${session}.jsonl`);
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  /** Ends the process as a closing window does; resolves to its exit code. */
  end(): Promise<number | null> {
    if (this.#child.exitCode !== null) return Promise.resolve(this.#child.exitCode);
    const code = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
    if (this.#child.connected) this.#child.disconnect();
    return code;
  }
}
