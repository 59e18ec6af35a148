import { fileURLToPath } from 'node:url';
import type { DatabaseSync } from 'node:sqlite';
import type { Action, ActionAnswers, HookStatus } from '../../core/actions.ts';
import { hookAdapters } from '../../core/hooks/index.ts';
import type { Choice } from '../../core/preflight/question.ts';
import type { FromEngine } from '../../core/protocol.ts';
import type { Settings } from '../../core/settings.ts';
import type { PreflightGlance } from '../../core/snapshot.ts';
import { createHookInstaller } from '../hooks/installer.ts';
import type { HookInstaller } from '../hooks/installer.ts';
import { messageOf } from '../messageOf.ts';
import type { ServiceOptions } from '../serviceOptions.ts';
import type { ThinkingLook } from '../thinking/look.ts';
import { createThinkingSettings } from '../thinking/settings.ts';
import type { ThinkingSettings } from '../thinking/settings.ts';
import { createTokens } from '../tokens/tokens.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { capsThatNeverHold } from './capFolders.ts';
import type { Foreteller } from './foretell.ts';
import { guardPath, writeGuardFile } from './guardFile.ts';
import { createHookWatch } from './hookWatch.ts';
import { createJudge } from './judge.ts';
import { startPreflight } from './preflight.ts';
import type { Preflight } from './preflight.ts';
import { removeRelay, writeRelay } from './relayFiles.ts';
import { createServing } from './serving.ts';
import { readSnooze, writeSnooze } from './snooze.ts';

export interface DeskOptions extends Pick<ServiceOptions, 'host' | 'now' | 'clock' | 'send' | 'entry'> {
  readonly dataFolder: string;
  /** A read-only connection. */
  readonly db: DatabaseSync;
  /** The write connection. */
  readonly write: DatabaseSync;
  readonly timeZone: string;
  readonly settings: () => Settings;
  /** The window's folders, absolute. */
  readonly folders: () => readonly string[];
  readonly focused: () => boolean;
  readonly trusted: () => boolean;
  readonly projectOf: (cwd: string) => string;
  readonly foreteller: Foreteller;
  readonly thinkingLook: ThinkingLook;
  /** What the glance shows has changed. */
  readonly onChange: () => void;
}

/** All that one window does before money is spent: hooks, questions, caps and agents' thinking settings. */
export interface Desk {
  /** Resolves to the answer; rejects in words for the user. */
  act(action: Action): Promise<ActionAnswers[Action['kind']]>;
  answered(id: number, choice: Choice): void;
  /** Folders, focus, trust or settings have changed. */
  windowChanged(): void;
  glance(): PreflightGlance;
  dispose(): void;
}

/** A token count that takes longer, in ms, is made by the text's length: an agent waits for it. */
const countPatience = 1000;

/** Opens the desk, which begins to work at the first `windowChanged`. In a window that is not trusted it looks, and neither writes nor serves. */
export function createDesk(options: DeskOptions): Desk {
  const { host, dataFolder, db, write, send } = options;
  const telling = createTelling(send);
  const installer = createHookInstaller({ host, dataFolder, adapters: hookAdapters });
  const thinking = createThinkingSettings({ host, dataFolder, folders: options.folders, db, now: options.now });
  const tokens = createTokens({
    db,
    clock: options.clock,
    entry: new URL('tokens.js', options.entry),
    assets: new URL('tiktoken/', options.entry),
    patience: countPatience,
    log: (level, message) => send({ type: 'log', level, message }),
  });
  const serving = createServing(() => serve(options, tokens), telling.fault('agents cannot ask before they spend'));
  const watch = createHookWatch({ ...options, installer, serving });
  void installer
    .check()
    .then((changed) => tellChanged(options, changed))
    .catch(telling.fault('agents’ hooks could not be checked'));
  return {
    act: createActing({ ...options, installer, thinking }, watch.look),
    answered: (id, choice) => serving.answered(id, choice),
    windowChanged: () => {
      serving.windowChanged();
      keepCaps(options, telling);
      void watch.look().catch(telling.fault('agents’ hooks could not be looked at'));
    },
    glance: () => ({ agents: watch.agents(), snoozedUntil: readSnooze(write) }),
    dispose: () => {
      watch.dispose();
      serving.dispose();
      tokens.dispose();
    },
  };
}

/** Says each thing once: most is tried again at every change of focus. */
interface Telling {
  fault(what: string): (error: unknown) => void;
  notice(message: string): void;
}

function createTelling(send: DeskOptions['send']): Telling {
  const told = new Set<string>();
  const once = (message: Extract<FromEngine, { type: 'log' | 'notice' }>): void => {
    if (!told.has(message.message)) send(message);
    told.add(message.message);
  };
  return {
    fault: (what) => (error) => once({ type: 'log', level: 'warn', message: `${what}: ${messageOf(error)}` }),
    notice: (message) => once({ type: 'notice', level: 'warning', message }),
  };
}

/** Leaves hard caps for the guard, and tells of caps that never hold. */
function keepCaps(options: DeskOptions, telling: Telling): void {
  const { host, dataFolder, timeZone } = options;
  const { caps } = options.settings();
  try {
    if (options.trusted()) writeGuardFile(guardPath(host, dataFolder), { caps, timeZone });
  } catch (error) {
    telling.fault('caps are not kept while no window is open')(error);
  }
  // Only the window in use speaks.
  if (options.focused()) for (const message of capsThatNeverHold(caps, options.projectOf)) telling.notice(message);
}

function tellChanged({ send }: DeskOptions, changed: readonly HookStatus[]): void {
  for (const { label, note } of changed) {
    const message = `the pre-flight hooks of ${label} are not as they were set up${note === null ? '' : `: ${note}`}`;
    send({ type: 'log', level: 'warn', message });
  }
}

async function serve(options: DeskOptions, tokens: Tokens): Promise<Preflight> {
  const { foreteller, thinkingLook, send } = options;
  placeRelay(options);
  const judge = createJudge({
    ...options,
    foretell: (ask) => foreteller.foretell(ask),
    modelOf: (event, at) => foreteller.modelOf(event, at),
    count: (text, model) => tokens.count(text, model),
    thinkingCapped: (agent, cwd, model) => thinkingLook.capped(agent, cwd, model),
    log: (level, message) => send({ type: 'log', level, message }),
  });
  void tokens.warm(null);
  foreteller.warm();
  return startPreflight({
    ...options,
    hooks: hookAdapters,
    judge,
    ask: (id, question) => send({ type: 'ask', id, question }),
    askOver: (id) => send({ type: 'askOver', id }),
    advise: (question) => send({ type: 'advice', question }),
    log: (level, message) => send({ type: 'log', level, message }),
  });
}

interface ActingParts extends DeskOptions {
  readonly installer: HookInstaller;
  readonly thinking: ThinkingSettings;
}

function createActing(parts: ActingParts, look: () => Promise<void>): Desk['act'] {
  const { installer, thinking, write, onChange } = parts;
  return async (action) => {
    switch (action.kind) {
      case 'hooks':
        return installer.status();
      case 'setHooks': {
        const status = await setHooks(parts, action.agent, action.on);
        await look();
        return status;
      }
      case 'thinking':
        return thinking.status();
      case 'setEffort':
        mayWrite(parts);
        return thinking.setEffort(action.agent, action.effort);
      case 'snooze':
        // It would hold in every window.
        mayWrite(parts);
        writeSnooze(write, action.until);
        onChange();
        return { until: action.until };
    }
  };
}

async function setHooks(parts: ActingParts, agent: string, on: boolean): Promise<HookStatus> {
  const { installer, host, dataFolder } = parts;
  mayWrite(parts);
  // The relay comes first: an agent may run the hook the moment it stands in its file.
  if (on) placeRelay(parts);
  const status = await installer.set(agent, on);
  if (!(await installer.status()).some(({ state }) => state !== 'off')) removeRelay({ dataFolder, host });
  return status;
}

/** Puts this version's relay where agents' hooks look for it. */
function placeRelay({ dataFolder, host, entry }: DeskOptions): void {
  writeRelay({ dataFolder, host, places: { node: process.execPath, cli: fileURLToPath(new URL('cli.js', entry)) } });
}

/** Throws in a window whose workspace the user does not trust. */
function mayWrite({ trusted }: DeskOptions): void {
  if (!trusted()) throw new Error('This workspace is not trusted: nothing is set up or changed from here.');
}
