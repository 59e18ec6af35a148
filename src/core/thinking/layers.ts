import { settingsOf, valueAt } from '../settingsText/settings.ts';
import type { SettingsData, SettingsFormat } from '../settingsText/settings.ts';
import type { SettingsFile, ThinkingState } from './agentSettings.ts';
import { inEnvironment } from './agentSettings.ts';

/** What one settings file says; null when it cannot be read. */
export interface Layer {
  readonly path: string;
  readonly data: SettingsData | null;
}

/** A value and where it is set. */
export interface Found<T> {
  readonly value: T;
  readonly setIn: NonNullable<ThinkingState['setIn']>;
}

export function layersOf(files: readonly SettingsFile[], format: SettingsFormat): readonly Layer[] {
  return files.map(({ path, text, unreadable }) => ({
    path,
    data: unreadable === true ? null : settingsOf(text, format),
  }));
}

/** The first layer's value at the path that is of that kind; others, such as next year's, say nothing. */
export function firstSet<T>(
  layers: readonly Layer[],
  at: readonly string[],
  isKind: (value: unknown) => value is T,
): Found<T> | null {
  for (const { path, data } of layers) {
    const value = valueAt(data, at);
    if (isKind(value)) return { value, setIn: { path, key: at.join('.') } };
  }
  return null;
}

/** A variable of the environment, when it is set and not blank. */
export function fromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
): Found<string> | null {
  const value = env[variable]?.trim() ?? '';
  return value === '' ? null : { value, setIn: { path: inEnvironment, key: variable } };
}

/** For `ThinkingState`: names the files that could not be read, if any. */
export function problemOf(layers: readonly Layer[]): { readonly problem?: string } {
  const bad = layers.filter(({ data }) => data === null).map(({ path }) => path);
  return bad.length === 0 ? {} : { problem: `${bad.join(', ')} cannot be read` };
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A whole number of tokens out of an environment's text; null for anything else. */
export function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
