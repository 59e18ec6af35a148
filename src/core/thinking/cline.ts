import { join } from '../sources/paths.ts';
import { clineFolder } from '../sources/clinePaths.ts';
import type { ThinkingAdapter } from './agentSettings.ts';
import { firstSet, isCount, isFlag, isText, layersOf, problemOf } from './layers.ts';

/*
 * Cline (agent-logs §7.5): `reasoning.{enabled, effort, budgetTokens}` of the provider last used, in
 * `~/.cline/data/settings/providers.json`; without `budgetTokens` no cap. Read only: that file holds keys, and Cline
 * rewrites it while it runs.
 */
export const clineThinking: ThinkingAdapter = {
  id: 'cline',
  label: 'Cline',
  format: 'json',
  chooses: { variable: null, key: null, names: new Map() },
  efforts: [],
  traces: (host) => [join(host, clineFolder(host), 'data')],
  paths: (host) => [join(host, clineFolder(host), 'data', 'settings', 'providers.json')],
  read: (files) => {
    const layers = layersOf(files, 'json');
    const provider = firstSet(layers, ['lastUsedProvider'], isText)?.value ?? '';
    const at = ['providers', provider, 'settings', 'reasoning'];
    const enabled = firstSet(layers, [...at, 'enabled'], isFlag);
    const effort = firstSet(layers, [...at, 'effort'], isText);
    const budget = firstSet(layers, [...at, 'budgetTokens'], isCount);
    return {
      on: enabled?.value ?? null,
      cap: enabled?.value === false ? 0 : (budget?.value ?? 'uncapped'),
      effort: effort?.value ?? null,
      setIn: effort?.setIn ?? budget?.setIn ?? enabled?.setIn ?? null,
      maxOutput: null,
      ...problemOf(layers),
    };
  },
  withEffort: () => null,
};
