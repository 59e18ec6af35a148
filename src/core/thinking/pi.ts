import { join } from '../sources/paths.ts';
import type { ThinkingAdapter } from './agentSettings.ts';
import { firstSet, isCount, layersOf } from './layers.ts';
import { plainEffort } from './plainEffort.ts';

const plain = plainEffort({
  id: 'pi',
  label: 'Pi',
  format: 'json',
  chooses: { variable: null, key: ['defaultModel'], names: new Map() },
  key: ['defaultThinkingLevel'],
  off: ['off'],
  efforts: ['off', 'minimal', 'low', 'medium', 'high'],
  traces: (host) => [join(host, host.home, '.pi', 'agent')],
  paths: (host) => [join(host, host.home, '.pi', 'agent', 'settings.json')],
});

/** Pi (agent-logs §19.5): `defaultThinkingLevel`, and a level's cap in `thinkingBudgets` for models that take one. */
export const piThinking: ThinkingAdapter = {
  ...plain,
  read: (files, env, models) => {
    const state = plain.read(files, env, models);
    const budget = firstSet(layersOf(files, 'json'), ['thinkingBudgets', state.effort ?? ''], isCount);
    return budget === null || state.on === false ? state : { ...state, cap: budget.value };
  },
};
