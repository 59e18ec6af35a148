import type { HostFacts } from '../sources/source.ts';

/** A file of an agent's settings, read as text; the first one that says something wins. */
export interface SettingsFile {
  readonly path: string;
  readonly text: string | null;
}

/** How an agent is told to think. */
export interface ThinkingState {
  /** Null when the agent's default holds and is not known. */
  readonly on: boolean | null;
  /** `uncapped`, a cap in tokens, or null when it is not known. */
  readonly cap: number | 'uncapped' | null;
  readonly effort: string | null;
  /** The file and key that decide it; null when nothing is set and the agent's default holds. */
  readonly setIn: { readonly path: string; readonly key: string } | null;
  /** Ceiling on a call's output tokens, where the agent has such a setting. */
  readonly maxOutput: number | null;
}

/** An edit of one of the agent's own files. */
export interface ThinkingEdit {
  readonly path: string;
  /** The file's whole new text. */
  readonly text: string;
}

/** Where an agent keeps how it thinks, and how that is changed. */
export interface ThinkingAdapter {
  /** The source's id. */
  readonly id: string;
  readonly label: string;
  /** Files that say it, the one that wins first. `folders` are the window's. */
  paths(host: HostFacts, folders: readonly string[]): readonly string[];
  read(files: readonly SettingsFile[], env: HostFacts['env']): ThinkingState;
  /** Efforts that can be chosen, lowest first. */
  readonly efforts: readonly string[];
  /** The user's own file with that effort set; null when it cannot be set safely (unreadable, or won over elsewhere). */
  withEffort(files: readonly SettingsFile[], effort: string): ThinkingEdit | null;
}
