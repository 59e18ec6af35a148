import type { HookStatus } from '../../core/actions.ts';
import type { HookAdapter, HookFile } from '../../core/hooks/adapter.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import { fingerprint, readAgentFile } from '../agentFiles/safeWrite.ts';
import { isAnyThere } from '../agentFiles/there.ts';
import { readText } from '../wholeFile.ts';
import { stateOf } from './hookFile.ts';
import type { HookFileState } from './hookFile.ts';
import type { InstalledFile } from './installRecord.ts';

/** How an agent's hooks stand by its own files; `records` is what we remember of them. Writes nothing. */
export async function statusOf(
  adapter: HookAdapter,
  files: readonly HookFile[],
  records: readonly InstalledFile[],
  host: HostFacts,
): Promise<HookStatus> {
  const found = await isAnyThere(adapter.traces(host));
  const { id: agent, label, verified } = adapter;
  const standing = await standingOf(adapter, files, records, host);
  return { agent, label, found, ...standing, files: files.map(({ path }) => path), verified };
}

type Standing = Pick<HookStatus, 'state' | 'note'>;

async function standingOf(
  adapter: HookAdapter,
  files: readonly HookFile[],
  records: readonly InstalledFile[],
  host: HostFacts,
): Promise<Standing> {
  const seen = await Promise.all(files.map((file) => looked(file, records)));
  const fault = seen.find(({ error }) => error !== null)?.error;
  if (fault) return { state: records.length > 0 ? 'changed' : 'off', note: fault };
  const states = seen.map(({ state }) => state);
  if (states.every((state) => state === 'ours')) {
    const why = adapter.pending(host, readText);
    return why === null ? { state: 'on', note: adapter.caution ?? null } : { state: 'pending', note: why };
  }
  if (records.length === 0 && !states.some((state) => state === 'ours' || state === 'altered')) {
    return { state: 'off', note: null };
  }
  const isOlder = seen.every(({ isAsLeft }) => isAsLeft);
  const note = isOlder ? 'set up by another version; turn them on again' : 'altered or removed by someone else';
  return { state: 'changed', note };
}

interface Look {
  readonly state: HookFileState;
  readonly isAsLeft: boolean;
  readonly error: string | null;
}

async function looked(file: HookFile, records: readonly InstalledFile[]): Promise<Look> {
  try {
    const { bytes } = await readAgentFile(file.path);
    const record = records.find(({ path }) => path === file.path);
    return { state: stateOf(file, bytes), isAsLeft: record?.after === fingerprint(bytes), error: null };
  } catch (error) {
    return { state: 'none', isAsLeft: false, error: error instanceof Error ? error.message : String(error) };
  }
}
