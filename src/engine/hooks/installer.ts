import { join } from 'node:path';
import type { HookStatus } from '../../core/actions.ts';
import type { HookAdapter, HookFile, RelayCommand } from '../../core/hooks/adapter.ts';
import { relayCommand, relayFolder } from '../../core/hooks/relay.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import { readAgentFile } from '../agentFiles/safeWrite.ts';
import { install, uninstall } from './changeFile.ts';
import type { Undo } from './changeFile.ts';
import { listsIn } from './hookFile.ts';
import { statusOf } from './hookStatus.ts';
import { createInstallRecords } from './installRecord.ts';
import type { InstalledFile } from './installRecord.ts';
import { underLock } from './hookLock.ts';

export interface HookInstallerOptions {
  readonly host: HostFacts;
  /** The user's data folder for Burn Meter. */
  readonly dataFolder: string;
  readonly adapters: readonly HookAdapter[];
  /** The line an agent runs; the relay's own unless a test says otherwise. */
  readonly command?: (agent: string) => RelayCommand;
}

/** Sets agents' hooks up and takes them away again. Writes only in `set`. */
export interface HookInstaller {
  status(): Promise<readonly HookStatus[]>;
  /** Rejects in words for the user, with nothing of ours left in half. */
  set(agent: string, on: boolean): Promise<HookStatus>;
  /** Agents whose hooks were set up and are no longer as we left them; they are not set up again by themselves. */
  check(): Promise<readonly HookStatus[]>;
}

export function createHookInstaller(options: HookInstallerOptions): HookInstaller {
  const { host, dataFolder, adapters } = options;
  const command = options.command ?? ((agent: string) => relayCommand(host, dataFolder, agent));
  const folder = relayFolder(host, dataFolder);
  const undo = { records: createInstallRecords(folder), copies: join(folder, 'backups') };
  const lock = join(folder, 'hooks.lock');
  const filesOf = (adapter: HookAdapter): readonly HookFile[] => adapter.files(host, command(adapter.id));
  const one = async (adapter: HookAdapter): Promise<HookStatus> =>
    statusOf(adapter, filesOf(adapter), await undo.records.of(adapter.id), host);
  const all = (): Promise<readonly HookStatus[]> => Promise.all(adapters.map(one));
  const inTurn = createTurns();
  return {
    status: all,
    set: (agent, on) =>
      inTurn(async () => {
        const adapter = adapters.find(({ id }) => id === agent);
        if (adapter === undefined) throw new Error(`no hooks are known for ${agent}`);
        await underLock(lock, () => (on ? turnOn : turnOff)(agent, filesOf(adapter), undo));
        return one(adapter);
      }),
    check: async () => (await all()).filter(({ state }) => state === 'changed'),
  };
}

async function turnOn(agent: string, files: readonly HookFile[], undo: Undo): Promise<void> {
  const before = await undo.records.of(agent);
  try {
    for (const file of files) await install(agent, file, undo);
  } catch (error) {
    const added = (await undo.records.of(agent)).filter(({ path }) => !before.some((known) => known.path === path));
    for (const file of added) await uninstall(agent, file, undo).catch(() => undefined);
    throw error;
  }
}

async function turnOff(agent: string, files: readonly HookFile[], undo: Undo): Promise<void> {
  const known = await undo.records.of(agent);
  const forgotten = files.filter(({ path }) => !known.some((file) => file.path === path));
  for (const file of known) await uninstall(agent, file, undo);
  for (const file of forgotten) await uninstall(agent, await unrecorded(file), undo);
}

/** Runs one after the other, whether they succeed or not. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** Stands in for a record that was lost: our entries go, and what holds nothing without them. */
async function unrecorded(file: HookFile): Promise<InstalledFile> {
  const { bytes } = await readAgentFile(file.path);
  const lists = file.kind === 'json' && bytes !== null ? listsIn(file, bytes).map((path) => [...path]) : [];
  const ways = file.kind === 'json' ? file.entries.flatMap(({ at }) => at.map((_, i) => at.slice(0, i + 1))) : [];
  const containers = [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
  return { path: file.path, kind: file.kind, before: '', after: '', lists, containers, needs: [], folders: [] };
}
