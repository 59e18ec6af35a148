import { randomBytes } from 'node:crypto';
import type { HookAdapter } from '../../core/hooks/adapter.ts';
import { isDeeper } from '../../core/hooks/nesting.ts';
import { relayFolder } from '../../core/hooks/relay.ts';
import type { HookEvent } from '../../core/preflight/event.ts';
import type { Choice, PreflightQuestion } from '../../core/preflight/question.ts';
import type { LogLevel } from '../../core/protocol.ts';
import { parseJson } from '../../core/sources/json.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import { messageOf } from '../messageOf.ts';
import { createAsking } from './asking.ts';
import { createBlockOnce } from './blockOnce.ts';
import { decide } from './deciding.ts';
import type { DecidingParts } from './deciding.ts';
import { createEndpoint, discardEndpoint, isListed, readEndpoints } from './endpoints.ts';
import type { OwnEndpoint } from './endpoints.ts';
import { forward, Gone } from './forward.ts';
import type { Judge } from './judgement.ts';
import { windowFor } from './routing.ts';
import { createSameEvent } from './sameEvent.ts';
import { startServer } from './server.ts';
import type { HookCall, HookServer, Limits } from './server.ts';

/** What is left of the agent's patience when an unanswered question ends, in ms. */
const headStart = 5000;
/** Levels of nesting in what a hook sends; no agent comes near. */
const deepest = 10_000;
/** How often a window looks whether its file is still there, in ms. */
const beat = 30_000;

export interface PreflightOptions {
  readonly dataFolder: string;
  readonly host: HostFacts;
  readonly hooks: readonly HookAdapter[];
  readonly judge: Judge;
  /** Shows a question in this window; its answer comes by `answered`. */
  readonly ask: (id: number, question: PreflightQuestion) => void;
  /** Nobody waits for its answer any more. */
  readonly askOver?: (id: number) => void;
  readonly advise: (question: PreflightQuestion) => void;
  /** The window's folders, absolute. */
  readonly folders: () => readonly string[];
  readonly focused: () => boolean;
  readonly log: (level: LogLevel, message: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly limits?: Partial<Limits> & { readonly judgeMs?: number };
}

export interface Preflight {
  /** The window's folders or its focus have changed. */
  windowChanged(): void;
  /** The user's answer to question `id`. */
  answered(id: number, choice: Choice): void;
  dispose(): void;
}

/**
 * Answers agents' hooks for one window, which must be trusted. Rejects when no port or no file can be had: agents then go
 * on as if there were no window.
 */
export async function startPreflight(options: PreflightOptions): Promise<Preflight> {
  const { host, dataFolder, log, folders, focused } = options;
  const folder = relayFolder(host, dataFolder);
  const asking = createAsking(options.ask, options.askOver);
  const token = randomBytes(32).toString('hex');
  const server = await startServer({
    token,
    answer: createAnswering(options, folder, asking),
    onAbuse: (what) => log('warn', `the pre-flight server was sent ${what}; it is turned away, and not told again`),
    limits: options.limits ?? {},
  });
  const endpoint = createEndpoint(folder, { port: server.port, token });
  const update = (): void => endpoint.update({ folders: folders(), focused: focused() });
  const keepListed = (): void => {
    if (!isListed(folder)) update();
  };
  const once = createOnce(log);
  const quietly = (work: () => void) => () => {
    try {
      work();
    } catch (error) {
      once(`agents cannot find this window: ${messageOf(error)}`);
    }
  };
  opened(server, update);
  const beats = setInterval(quietly(keepListed), beat);
  return {
    windowChanged: quietly(update),
    answered: (id, choice) => asking.answered(id, choice),
    dispose: () => close(beats, endpoint, asking, server),
  };
}

function opened(server: HookServer, update: () => void): void {
  try {
    update();
  } catch (error) {
    server.close();
    throw error;
  }
}

function close(beats: NodeJS.Timeout, endpoint: OwnEndpoint, asking: { dispose(): void }, server: HookServer): void {
  clearInterval(beats);
  endpoint.remove();
  asking.dispose();
  server.close();
}

type Answer = (call: HookCall) => Promise<string>;

function createAnswering(options: PreflightOptions, folder: string, asking: DecidingParts['asking']): Answer {
  const { hooks, now } = options;
  const same = createSameEvent(now);
  const once = createOnce(options.log);
  const parts: DecidingParts = {
    judge: options.judge,
    asking,
    advise: options.advise,
    blockOnce: createBlockOnce(now),
    canAsk: () => options.focused() || readEndpoints(folder).some(({ pid, focused }) => pid !== process.pid && focused),
    judgeMs: options.limits?.judgeMs ?? 3000,
  };
  return async (call) => {
    const adapter = hooks.find(({ id }) => id === call.agent);
    if (adapter === undefined) {
      once('a hook of an unknown agent called');
      return '';
    }
    try {
      const event = readEvent(call, adapter, once);
      if (event === null) return '';
      const elsewhere = call.isForwarded ? null : await forwarded(options, folder, call, event, once);
      if (elsewhere !== null || call.signal.aborted) return elsewhere ?? '';
      const limit = Math.max(0, adapter.timeout * 1000 - headStart);
      const work = (signal: AbortSignal) => decide(event, adapter, limit, signal, parts);
      return adapter.reply(event, await same.decide(event, call.signal, work));
    } catch (error) {
      once(`the pre-flight check failed: ${messageOf(error)}`);
      throw error;
    }
  };
}

/** Null when there is nothing to judge. Throws when it cannot be told: the guard then has a look, in its own process. */
function readEvent({ event, body }: HookCall, adapter: HookAdapter, once: (message: string) => void): HookEvent | null {
  if (isDeeper(body, deepest)) throw new Error(`a hook of ${adapter.label} sent JSON that is nested too deeply`);
  const payload = parseJson(body);
  if (payload === undefined) once(`a hook of ${adapter.label} sent no JSON`);
  return adapter.read(event, payload);
}

/** The answer of the window that the session belongs to; null when that is this one. */
async function forwarded(
  { folders, focused, now }: PreflightOptions,
  folder: string,
  call: HookCall,
  event: HookEvent,
  once: (message: string) => void,
): Promise<string | null> {
  const others = readEndpoints(folder).filter(({ pid }) => pid !== process.pid);
  const here = { folders: folders(), focused: focused(), endpoint: null, at: now() };
  const windows = [here, ...others.map((endpoint) => ({ ...endpoint, endpoint }))];
  const { endpoint } = windowFor(windows, event.cwd) ?? here;
  if (endpoint === null) return null;
  try {
    return await forward(endpoint, call);
  } catch (error) {
    if (call.signal.aborted) return '';
    // Another window does as well as none: this one decides.
    once(`another window did not answer: ${messageOf(error)}`);
    if (error instanceof Gone) discardEndpoint(folder, endpoint);
    return null;
  }
}

function createOnce(log: PreflightOptions['log']): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (told.has(message)) return;
    if (told.size < 100) log('warn', message);
    told.add(message);
  };
}
