import type { SettingsChange, SettingsFormat } from '../settingsText/settings.ts';
import type { HostFacts } from '../sources/source.ts';

/** A file of an agent's settings, read as text; null when there is none. */
export interface SettingsFile {
  readonly path: string;
  readonly text: string | null;
  /** It is there, but is no text that can be read. */
  readonly unreadable?: boolean;
}

/** How an agent is told to think. */
export interface ThinkingState {
  /** Null when the agent's default holds and is not known. */
  readonly on: boolean | null;
  /** `uncapped`, a cap in tokens, or null when it is not known. */
  readonly cap: number | 'uncapped' | null;
  readonly effort: string | null;
  /** The file (or `environment`) and key that decide it; null when nothing is set and the agent's default holds. */
  readonly setIn: { readonly path: string; readonly key: string } | null;
  /** Ceiling on a call's output tokens, where the agent has such a setting. */
  readonly maxOutput: number | null;
  /** For the user: a file that could not be read, so that the above may be wrong. */
  readonly problem?: string;
}

/** An edit of one of the agent's own files. */
export interface ThinkingEdit {
  readonly path: string;
  readonly format: SettingsFormat;
  readonly changes: readonly SettingsChange[];
}

/** Where an agent's settings choose the model of a new session; null where they have no such place. */
export interface ModelChoice {
  /** A variable of the environment. */
  readonly variable: string | null;
  readonly key: readonly string[] | null;
  /** Names that are no models: what the agent takes for them, null when that is not known. */
  readonly names: ReadonlyMap<string, string | null>;
}

/** Where an agent keeps how it thinks, and how that is changed. Every method takes broken files and never throws. */
export interface ThinkingAdapter {
  /** The source's id. */
  readonly id: string;
  readonly label: string;
  readonly format: SettingsFormat;
  readonly chooses: ModelChoice;
  /** Folders of which one exists when the agent is on this machine. */
  traces(host: HostFacts): readonly string[];
  /** Files that say it, the one that wins first. `folders` are the window's. */
  paths(host: HostFacts, folders: readonly string[]): readonly string[];
  /** `models` are the ones that the agent was last seen with, newest first: some settings hold for some models only. */
  read(files: readonly SettingsFile[], env: HostFacts['env'], models: readonly string[]): ThinkingState;
  /** Efforts that can be chosen, lowest first; none where the agent has no single setting for it. */
  readonly efforts: readonly string[];
  /** The change to the user's own file that sets that effort; null when it would be won over elsewhere. */
  withEffort(
    files: readonly SettingsFile[],
    effort: string,
    env: HostFacts['env'],
    models: readonly string[],
  ): ThinkingEdit | null;
}

/** Stands in `setIn.path` for a variable of the environment. */
export const inEnvironment = 'environment';
