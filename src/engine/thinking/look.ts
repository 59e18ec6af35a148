import { readFileSync, statSync } from 'node:fs';
import type { HostFacts } from '../../core/sources/source.ts';
import { chosenModel } from '../../core/thinking/chosenModel.ts';
import type { SettingsFile, ThinkingAdapter, ThinkingState } from '../../core/thinking/agentSettings.ts';
import { thinkingAdapters } from '../../core/thinking/index.ts';

/** How an agent's files tell it to think. `model` null: not known. */
export interface ThinkingLook {
  /** Whether its next request in that folder has a cap on thinking; null when that is not known. */
  capped(agent: string, cwd: string | null, model?: string | null): boolean | null;
  /** The effort that its settings choose there; null when they choose none. */
  effort(agent: string, cwd: string | null, model?: string | null): string | null;
  /** The model that its settings choose there; null when they choose none. */
  model(agent: string, cwd: string | null): string | null;
}

interface Kept {
  readonly stamp: string;
  readonly file: SettingsFile;
}

/** Reads a file again only when its time or size has changed, so that it can be asked before every call. */
export function createThinkingLook(host: HostFacts): ThinkingLook {
  const kept = new Map<string, Kept>();
  const read = (path: string): SettingsFile => {
    const stamp = stampOf(path);
    const known = kept.get(path);
    if (known?.stamp === stamp) return known.file;
    const file = stamp === 'absent' ? { path, text: null } : readNow(path);
    kept.set(path, { stamp, file });
    return file;
  };
  const filesOf = (adapter: ThinkingAdapter, cwd: string | null): readonly SettingsFile[] =>
    adapter.paths(host, cwd === null ? [] : [cwd]).map(read);
  const look = (agent: string, cwd: string | null, model: string | null): ThinkingState | null => {
    const adapter = adapterOf(agent);
    return adapter?.read(filesOf(adapter, cwd), host.env, model === null ? [] : [model]) ?? null;
  };
  return {
    capped: (agent, cwd, model = null) => {
      const state = look(agent, cwd, model);
      return state === null ? null : isCapped(state);
    },
    effort: (agent, cwd, model = null) => look(agent, cwd, model)?.effort ?? null,
    model: (agent, cwd) => {
      const adapter = adapterOf(agent);
      return adapter === undefined ? null : chosenModel(adapter, filesOf(adapter, cwd), host.env);
    },
  };
}

function adapterOf(agent: string): ThinkingAdapter | undefined {
  return thinkingAdapters.find(({ id }) => id === agent);
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
