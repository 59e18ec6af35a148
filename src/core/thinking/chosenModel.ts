import type { HostFacts } from '../sources/source.ts';
import type { SettingsFile, ThinkingAdapter } from './agentSettings.ts';
import { firstSet, fromEnvironment, isText, layersOf } from './layers.ts';

/**
 * The model that an agent's own settings choose for a new session, null when they choose none. A variable in a file's
 * `env` wins over the environment's, and both over the setting. A name that stands for a family is resolved as the agent
 * was seen to.
 */
export function chosenModel(
  { format, chooses }: Pick<ThinkingAdapter, 'format' | 'chooses'>,
  files: readonly SettingsFile[],
  env: HostFacts['env'],
): string | null {
  const layers = layersOf(files, format);
  const { variable, key, names } = chooses;
  const told =
    variable === null ? null : (firstSet(layers, ['env', variable], isText) ?? fromEnvironment(env, variable));
  const found = told ?? (key === null ? null : firstSet(layers, key, isText));
  if (found === null) return null;
  const name = found.value.trim();
  const family = name.replace(/\[.*\]$/, '').toLowerCase();
  return names.has(family) ? (names.get(family) ?? null) : name;
}
