import { readFileSync, statSync } from 'node:fs';
import type { HostFacts } from '../../core/sources/source.ts';
import type { SettingsFile, ThinkingAdapter, ThinkingState } from '../../core/thinking/agentSettings.ts';
import { thinkingAdapters } from '../../core/thinking/index.ts';

/** Whether the agent's next request in that folder has a cap on thinking; null when that is not known. `model` null: not known. */
export type ThinkingCapped = (agent: string, cwd: string | null, model?: string | null) => boolean | null;

interface Kept {
  readonly stamp: string;
  readonly file: SettingsFile;
}

/** Reads a file again only when its time or size has changed, so that it can be asked before every call. */
export function createThinkingCapped(
  host: HostFacts,
  adapters: readonly ThinkingAdapter[] = thinkingAdapters,
): ThinkingCapped {
  const kept = new Map<string, Kept>();
  const read = (path: string): SettingsFile => {
    const stamp = stampOf(path);
    const known = kept.get(path);
    if (known?.stamp === stamp) return known.file;
    const file = stamp === 'absent' ? { path, text: null } : readNow(path);
    kept.set(path, { stamp, file });
    return file;
  };
  return (agent, cwd, model = null) => {
    const adapter = adapters.find(({ id }) => id === agent);
    if (adapter === undefined) return null;
    const files = adapter.paths(host, cwd === null ? [] : [cwd]).map(read);
    return isCapped(adapter.read(files, host.env, model === null ? [] : [model]));
  };
}

function isCapped({ cap }: ThinkingState): boolean | null {
  return cap === null ? null : cap !== 'uncapped';
}

function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'absent';
  }
}

function readNow(path: string): SettingsFile {
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch {
    return { path, text: null, unreadable: true };
  }
}
