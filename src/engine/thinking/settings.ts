import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ThinkingStatus } from '../../core/actions.ts';
import { withChanges } from '../../core/settingsText/change.ts';
import { settingsOf } from '../../core/settingsText/settings.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import type { SettingsFile, ThinkingAdapter, ThinkingEdit, ThinkingState } from '../../core/thinking/agentSettings.ts';
import { thinkingAdapters } from '../../core/thinking/index.ts';
import { isStanding, remembered, undoing } from '../../core/thinking/undo.ts';
import { readAgentFile, replaceFile } from '../agentFiles/safeWrite.ts';
import type { AgentFile } from '../agentFiles/safeWrite.ts';
import { isAnyThere } from '../agentFiles/there.ts';
import { modelsOf, thinkingCost } from './cost.ts';
import { readSettings, textOf } from './files.ts';
import { patchBack, patched } from './patch.ts';
import type { Patch } from './patch.ts';
import { readRecord, writeRecord } from './record.ts';
import type { ThinkingRecord } from './record.ts';

/** How agents think, and the one thing that is changed about it. */
export interface ThinkingSettings {
  /** Agents found on this machine. Never rejects for an agent's broken files: those are named in `problem`. */
  status(): Promise<readonly ThinkingStatus[]>;
  /**
   * Sets the effort in the agent's own user settings; null puts back what was there: the same bytes when nobody else has
   * written since, else our keys alone. Rejects with a message fit for the user; nothing is changed then.
   */
  setEffort(agent: string, effort: string | null): Promise<ThinkingStatus>;
}

export interface ThinkingOptions {
  readonly host: HostFacts;
  /** Where `preflight/thinking.json` is kept. */
  readonly dataFolder: string;
  /** The window's folders. */
  readonly folders: () => readonly string[];
  readonly db: DatabaseSync;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const week = 7 * 86_400_000;
const patience = 3;

export function createThinkingSettings(options: ThinkingOptions): ThinkingSettings {
  return {
    status: async () => {
      const found = await Promise.all(thinkingAdapters.map((one) => isAnyThere(one.traces(options.host))));
      return Promise.all(
        thinkingAdapters.filter((_, i) => found[i] === true).map((adapter) => statusOf(options, adapter)),
      );
    },
    setEffort: async (agent, effort) => {
      const adapter = thinkingAdapters.find(({ id }) => id === agent);
      if (adapter === undefined) throw new Error('This agent has no thinking settings that can be changed here.');
      await (effort === null ? putBack(options, adapter) : setTo(options, adapter, effort));
      return statusOf(options, adapter);
    },
  };
}

async function statusOf(options: ThinkingOptions, adapter: ThinkingAdapter): Promise<ThinkingStatus> {
  const { db, now, host, folders } = options;
  const files = await readSettings(adapter.paths(host, folders()));
  const record = await readRecord(recordFile(options), adapter.id).catch(() => null);
  return {
    agent: adapter.id,
    label: adapter.label,
    efforts: adapter.efforts,
    ...adapter.read(files, host.env, models(options, adapter)),
    lastWeek: thinkingCost(db, adapter.id, now() - week, now() + 1),
    canUndo: record !== null && (await isOurs(record)),
  };
}

async function setTo(options: ThinkingOptions, adapter: ThinkingAdapter, effort: string): Promise<void> {
  if (!adapter.efforts.includes(effort)) throw new Error(`${adapter.label} has no effort "${effort}".`);
  const { host, folders } = options;
  const file = recordFile(options);
  for (let tries = 0; tries < patience; tries++) {
    const earlier = await readRecord(file, adapter.id);
    const paths = adapter.paths(host, folders());
    const own = await readAgentFile(paths.at(-1) ?? '');
    const base = earlier?.path === own.path ? takenBack(own.bytes, earlier) : own.bytes;
    const files = (await readSettings(paths)).map((known) =>
      known.path === own.path && known.unreadable !== true ? { ...known, text: textOf(base) } : known,
    );
    const { bytes, record } = changed(adapter, files, base, effort, options);
    // First what is needed to put it back, then the change.
    await writeRecord(file, adapter.id, record);
    if (await replaceFile(own, bytes).catch((error: unknown) => restored(file, adapter, earlier, error))) return;
    await writeRecord(file, adapter.id, earlier);
  }
  throw new Error(`${adapter.label}'s settings are being written by something else. Nothing was changed; try again.`);
}

async function restored(
  file: string,
  { id }: ThinkingAdapter,
  earlier: ThinkingRecord | null,
  error: unknown,
): Promise<never> {
  await writeRecord(file, id, earlier);
  throw error;
}

/** The file's new bytes, and how to have `base` back. */
function changed(
  adapter: ThinkingAdapter,
  files: readonly SettingsFile[],
  base: Buffer | null,
  effort: string,
  options: ThinkingOptions,
): { readonly bytes: Buffer; readonly record: ThinkingRecord } {
  const known = models(options, adapter);
  const state = adapter.read(files, options.host.env, known);
  const edit = state.problem === undefined ? adapter.withEffort(files, effort, options.host.env, known) : null;
  if (edit === null) throw new Error(refusal(adapter, state));
  const before = settingsOf(textOf(base), edit.format);
  const steps = before === null ? null : stepsOf(base, edit);
  if (before === null || steps === null) {
    throw new Error(
      `${edit.path} cannot be changed safely. Nothing was changed; set the effort in ${adapter.label} itself.`,
    );
  }
  const changes = edit.changes.map((one) => remembered(before, one));
  return { bytes: steps.bytes, record: { path: edit.path, format: edit.format, changes, patches: steps.patches } };
}

/** One patch a change: what lies between two of them is none of ours to remember. The last step comes first. */
function stepsOf(
  base: Buffer | null,
  { format, changes }: ThinkingEdit,
): { readonly bytes: Buffer; readonly patches: readonly Patch[] } | null {
  let bytes = base;
  const patches: Patch[] = [];
  for (const change of changes) {
    const text = withChanges(textOf(bytes), format, [change]);
    if (text === null) return null;
    const next = Buffer.from(text);
    patches.unshift(patchBack(bytes, next));
    bytes = next;
  }
  return bytes === null ? null : { bytes, patches };
}

function refusal({ label }: ThinkingAdapter, { problem, setIn }: ThinkingState): string {
  if (problem !== undefined) return `${problem}. Nothing was changed.`;
  if (setIn === null) return `${label}'s effort cannot be set here. Nothing was changed.`;
  return `${label}'s effort is decided by ${setIn.key} in ${setIn.path}. Nothing was changed; set it there.`;
}

async function putBack(options: ThinkingOptions, adapter: ThinkingAdapter): Promise<void> {
  const file = recordFile(options);
  for (let tries = 0; tries < patience; tries++) {
    const record = await readRecord(file, adapter.id);
    if (record === null) throw new Error(`There is no change of ours in ${adapter.label}'s settings.`);
    const own = await readAgentFile(record.path);
    if (await replaceFile(own, takenBack(own.bytes, record))) return writeRecord(file, adapter.id, null);
  }
  throw new Error(`${adapter.label}'s settings are being written by something else. Nothing was changed; try again.`);
}

/** The file without our change: the earlier bytes where they can be had, else what stands without our keys. */
function takenBack(bytes: Buffer | null, record: ThinkingRecord): Buffer | null {
  const exact = patched(bytes, record.patches);
  if (exact !== undefined) return exact;
  let text = textOf(bytes);
  for (const ours of record.changes) {
    const data = settingsOf(text, record.format);
    const undo = data === null ? null : undoing(data, ours);
    if (undo !== null) text = withChanges(text, record.format, [undo]) ?? text;
  }
  return text === null ? null : Buffer.from(text);
}

async function isOurs(record: ThinkingRecord): Promise<boolean> {
  const own: AgentFile | null = await readAgentFile(record.path).catch(() => null);
  if (own === null) return false;
  if (patched(own.bytes, record.patches) !== undefined) return true;
  const [file] = await readSettings([record.path]);
  const data = settingsOf(file?.text ?? null, record.format);
  return record.changes.some((ours) => isStanding(data, ours));
}

function models({ db, now }: ThinkingOptions, adapter: ThinkingAdapter): readonly string[] {
  return modelsOf(db, adapter.id, now() - week, now() + 1);
}

function recordFile({ dataFolder }: ThinkingOptions): string {
  return join(dataFolder, 'preflight', 'thinking.json');
}
