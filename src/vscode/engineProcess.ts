import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Action, ActionAnswers } from '../core/actions.ts';
import { afterDeath } from '../core/backoff.ts';
import type { FromEngine, ToEngine } from '../core/protocol.ts';
import type { Answers, Query } from '../core/query.ts';
import { createAnswers } from './engineAnswers.ts';
import type { EngineAnswers, Settled } from './engineAnswers.ts';
import { parseFromEngine } from './fromEngine.ts';
import type { Timed } from './spans.ts';

/** The slice of a LogOutputChannel that is used here. */
export type Log = Record<'trace' | 'debug' | 'info' | 'warn' | 'error', (message: string) => void>;

/** What is passed on as it comes; answers and log lines find their own way. */
export type EngineEvent = Exclude<FromEngine, Settled | { type: 'log' }>;

export interface EngineOptions {
  readonly modulePath: string;
  /** All that a new process must be told before it is of use; asked for at every start. */
  readonly greeting: () => Promise<readonly ToEngine[]>;
  readonly onEvent: (event: EngineEvent) => void;
  readonly notifier: {
    /** Said once in a row of quick deaths. */
    trouble(): void;
    /** Whatever a process that has ended asked is void. */
    engineEnded(): void;
  };
  readonly log: Log;
  readonly timed: Timed;
}

export interface Engine {
  /** Lost while no process runs: what must outlive a restart belongs in the greeting. */
  readonly send: (message: ToEngine) => void;
  /** Rejects when the engine refuses or ends before it answered. */
  query<Q extends Query>(query: Q): Promise<Answers[Q['kind']]>;
  /** The same for what it is to do or to look up beside the ledger. */
  act<A extends Action>(action: A): Promise<ActionAnswers[A['kind']]>;
  dispose(): void;
}

/** A well-behaved engine ends by itself when the channel closes; the others get this many milliseconds. */
const graceMs = 1000;

/** Forks the engine and keeps it alive until disposed. Never blocks. */
export function startEngine(options: EngineOptions): Engine {
  const answers = createAnswers();
  const process = keepAlive(options, options.timed('engine.message', receive(options, answers)), () => {
    answers.rejectAll('The meter’s engine ended before it answered');
    options.notifier.engineEnded();
  });
  const ask = <A>(message: (id: number) => ToEngine): Promise<A> => {
    const child = process.current();
    if (child === null) return Promise.reject(new Error('The meter’s engine is restarting'));
    return answers.expect<A>((id) => send(child, message(id)));
  };
  return {
    send: (message) => send(process.current(), message),
    query: (query) => ask((id) => ({ type: 'query', id, query })),
    act: (action) => ask((id) => ({ type: 'act', id, action })),
    dispose: () => process.dispose(),
  };
}

function receive({ log, onEvent }: EngineOptions, answers: EngineAnswers): (raw: unknown) => void {
  return (raw) => {
    const message = parseFromEngine(raw);
    if (message === null) log.warn('a message of the engine was not understood');
    else if (message.type === 'log') log[message.level](message.message);
    else if (message.type === 'answer' || message.type === 'failure') answers.settle(message);
    else onEvent(message);
  };
}

interface Kept {
  current(): ChildProcess | null;
  dispose(): void;
}

/** One child at a time, current once it has been greeted; `onEnd` hears of each one's end, also of the last. */
function keepAlive(options: EngineOptions, onMessage: (raw: unknown) => void, onEnd: () => void): Kept {
  const { log, timed, greeting, notifier } = options;
  let child: ChildProcess | null = null;
  let greeted = false;
  let deaths = 0;

  const start = timed('engine.start', () => {
    const startedAt = performance.now();
    const started = forkEngine(options, onMessage, (why) => {
      if (child !== started) return;
      dismiss();
      const next = afterDeath(deaths, performance.now() - startedAt);
      deaths = next.deaths;
      log.warn(`engine ended (${why}), next start in ${next.delay} ms`);
      restart = setTimeout(start, next.delay);
      if (next.tell) notifier.trouble();
    });
    child = started;
    const greet = timed('engine.greet', (messages: readonly ToEngine[]) => {
      for (const message of messages) send(started, message);
      greeted = child === started;
    });
    void greeting().then(greet);
  });
  const dismiss = (): void => {
    child = null;
    greeted = false;
    onEnd();
  };
  // The host's own start comes first.
  let restart = setTimeout(start, 0);

  return {
    current: () => (greeted ? child : null),
    dispose() {
      clearTimeout(restart);
      const last = child;
      dismiss();
      if (last !== null) end(last);
    },
  };
}

function forkEngine(
  { modulePath, log, timed }: EngineOptions,
  onMessage: (raw: unknown) => void,
  onEnd: (why: string) => void,
): ChildProcess {
  // Without it the desktop's extension host would start a second VS Code instead of Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  // No arguments of the host's own Node: they may open a debugger's port.
  const child = fork(modulePath, [], { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  log.info(`the engine runs as process ${child.pid ?? '?'}; what goes wrong is written here`);
  const ended = timed('engine.end', onEnd);
  const print = timed('engine.print', (chunk: Buffer) => log.warn(`engine: ${chunk.toString().trimEnd()}`));
  child.stdout?.on('data', print);
  child.stderr?.on('data', print);
  child.on('message', onMessage);
  child.once('error', (error) => ended(error.message));
  child.once('exit', (code, signal) => ended(signal ?? `code ${code}`));
  return child;
}

function send(child: ChildProcess | null, message: ToEngine): void {
  // A channel that closes under the message is no news: the exit event follows.
  if (child?.connected === true) child.send(message, () => undefined);
}

function end(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  setTimeout(() => child.kill(), graceMs).unref();
}
