import { join } from '../sources/paths.ts';
import { qwenFolder } from '../sources/qwenPaths.ts';
import type { ThinkingAdapter } from './agentSettings.ts';
import { firstSet, isCount, isText, layersOf, problemOf } from './layers.ts';
import type { Found, Layer } from './layers.ts';

/*
 * Qwen Code (agent-logs §11.5, and read in 0.24.4): `model.reasoningEffort` before
 * `model.generationConfig.reasoning`, which is `false` or `{effort, budget_tokens}`; without `budget_tokens` no cap.
 */

const effortKey = ['model', 'reasoningEffort'];
const reasoning = ['model', 'generationConfig', 'reasoning'];

export const qwenThinking: ThinkingAdapter = {
  id: 'qwen',
  label: 'Qwen Code',
  format: 'json',
  chooses: { variable: 'OPENAI_MODEL', key: ['model', 'name'], names: new Map() },
  efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'],
  traces: (host) => [qwenFolder(host)],
  paths: (host, folders) => [
    ...folders.map((folder) => join(host, folder, '.qwen', 'settings.json')),
    join(host, qwenFolder(host), 'settings.json'),
  ],
  read: (files) => {
    const layers = layersOf(files, 'json');
    const off = offOf(layers);
    const effort = effortOf(layers);
    const budget = firstSet(layers, [...reasoning, 'budget_tokens'], isCount);
    const cap = off !== null ? 0 : (budget?.value ?? 'uncapped');
    const setIn = off?.setIn ?? effort?.setIn ?? budget?.setIn ?? null;
    return { on: off === null, cap, effort: effort?.value ?? null, setIn, maxOutput: null, ...problemOf(layers) };
  },
  withEffort: (files, effort) => {
    const own = files.at(-1)?.path;
    const layers = layersOf(files, 'json');
    const set = firstSet(layers, effortKey, isText);
    // Thinking that is switched off below stays off, whatever the effort.
    if (own === undefined || firstSet(layers, reasoning, isFalse) !== null) return null;
    if (set !== null && set.setIn.path !== own) return null;
    return { path: own, format: 'json', changes: [{ at: effortKey, value: effort }] };
  },
};

function effortOf(layers: readonly Layer[]): Found<string> | null {
  return firstSet(layers, effortKey, isText) ?? firstSet(layers, [...reasoning, 'effort'], isText);
}

function offOf(layers: readonly Layer[]): Found<unknown> | null {
  const set = firstSet(layers, effortKey, isText);
  return set?.value === 'none' ? set : firstSet(layers, reasoning, isFalse);
}

function isFalse(value: unknown): value is false {
  return value === false;
}
