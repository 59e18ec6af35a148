import { isRecord, valueAt } from '../settingsText/settings.ts';
import { join } from '../sources/paths.ts';
import { geminiFolder } from '../sources/geminiPaths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { ThinkingAdapter, ThinkingState } from './agentSettings.ts';
import { isCount, isText, layersOf, problemOf } from './layers.ts';
import type { Layer } from './layers.ts';

/*
 * Gemini CLI (agent-logs §5.5, and read in 0.61.0): a `thinkingConfig` in one of `modelConfigs.overrides`, `customAliases`
 * or `aliases`. Its models build on the aliases `chat-base-2.5` (built-in budget 8192) and `chat-base-3` (built-in level
 * HIGH); an alias of that name in `customAliases` takes the built-in one's place. Budget -1 is without a cap, 0 is off.
 */

const base3 = 'chat-base-3';
const base25 = 'chat-base-2.5';
const builtInBudget = 8192;
const levelAt = ['modelConfigs', 'customAliases', base3];
const thinkingAt = ['modelConfig', 'generateContentConfig', 'thinkingConfig'];

export const geminiThinking: ThinkingAdapter = {
  id: 'gemini',
  label: 'Gemini CLI',
  format: 'json',
  chooses: { variable: 'GEMINI_MODEL', key: ['model', 'name'], names: new Map([['auto', null]]) },
  // Levels that every Gemini 3 model takes; 2.5 has budgets instead.
  efforts: ['low', 'high'],
  traces: (host) => ['tmp', 'settings.json'].map((name) => join(host, geminiFolder(host), name)),
  paths: (host, folders) => [
    systemFile(host),
    ...folders.map((folder) => join(host, folder, '.gemini', 'settings.json')),
    join(host, geminiFolder(host), 'settings.json'),
  ],
  read: (files, _env, models) => {
    const layers = layersOf(files, 'json');
    const model = models[0] ?? '';
    return { ...(setThinking(layers, model) ?? builtIn(model)), maxOutput: null, ...problemOf(layers) };
  },
  withEffort: (files, effort) => {
    const own = files.at(-1)?.path;
    const layers = layersOf(files, 'json');
    const set = settingsFor(layers, 'gemini-3');
    if (own === undefined || (set !== null && (set.setIn.path !== own || set.setIn.key !== levelAt.join('.'))))
      return null;
    const config = { generateContentConfig: { thinkingConfig: { thinkingLevel: effort.toUpperCase() } } };
    return {
      path: own,
      format: 'json',
      changes:
        set === null
          ? [{ at: levelAt, value: { extends: 'chat-base', modelConfig: config } }]
          : [{ at: [...levelAt, ...thinkingAt, 'thinkingLevel'], value: effort.toUpperCase() }],
    };
  },
};

type Thinking = Omit<ThinkingState, 'maxOutput' | 'problem'>;

interface Setting {
  readonly config: unknown;
  readonly setIn: NonNullable<ThinkingState['setIn']>;
}

function setThinking(layers: readonly Layer[], model: string): Thinking | null {
  const found = settingsFor(layers, model);
  if (found === null || !isRecord(found.config)) return null;
  const budget = found.config['thinkingBudget'];
  const level = found.config['thinkingLevel'];
  const effort = isText(level) ? level.toLowerCase() : null;
  if (budget === -1) return { on: true, cap: 'uncapped', effort, setIn: found.setIn };
  if (isCount(budget)) return { on: budget > 0, cap: budget, effort, setIn: found.setIn };
  return { on: true, cap: 'uncapped', effort, setIn: found.setIn };
}

function builtIn(model: string): Thinking {
  const unset = { on: true, setIn: null };
  if (/2\.5/.test(model)) return { ...unset, cap: builtInBudget, effort: null };
  return { ...unset, cap: 'uncapped', effort: /gemini-3/.test(model) ? 'high' : null };
}

/** The `thinkingConfig` that holds for the model: overrides that match it, its own alias, the one it builds on. */
function settingsFor(layers: readonly Layer[], model: string): Setting | null {
  return overrideFor(layers, model) ?? aliasFor(layers, model);
}

function overrideFor(layers: readonly Layer[], model: string): Setting | null {
  for (const { path, data } of layers) {
    const overrides = valueAt(data, ['modelConfigs', 'overrides']);
    for (const override of Array.isArray(overrides) ? overrides.toReversed() : []) {
      const matched = isRecord(override) ? valueAt(override, ['match', 'model']) : null;
      const config = isRecord(override) ? valueAt(override, thinkingAt) : undefined;
      const matches = matched === undefined || matched === model || matched === base3 || matched === base25;
      if (config !== undefined && matches) return { config, setIn: { path, key: 'modelConfigs.overrides' } };
    }
  }
  return null;
}

function aliasFor(layers: readonly Layer[], model: string): Setting | null {
  for (const name of [model, /2\.5/.test(model) ? base25 : base3]) {
    for (const group of ['customAliases', 'aliases']) {
      for (const { path, data } of layers) {
        const at = ['modelConfigs', group, name];
        const config = valueAt(data, [...at, ...thinkingAt]);
        if (config !== undefined) return { config, setIn: { path, key: at.join('.') } };
      }
    }
  }
  return null;
}

function systemFile(host: HostFacts): string {
  if (host.platform === 'darwin') return '/Library/Application Support/GeminiCli/settings.json';
  return host.platform === 'win32' ? 'C:\\ProgramData\\gemini-cli\\settings.json' : '/etc/gemini-cli/settings.json';
}
