import { folderOr, join } from '../sources/paths.ts';
import { opencodeFolder } from '../sources/opencodePaths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { ThinkingAdapter } from './agentSettings.ts';
import { countOf, firstSet, isCount, isText, layersOf, problemOf } from './layers.ts';

/*
 * OpenCode (agent-logs §6.5): options of a provider's model in `opencode.json` or `.jsonc`, the project's before the user's:
 * `reasoningEffort`, or a budget in `thinking.budgetTokens` or `thinkingConfig.thinkingBudget`. `model` is
 * `<provider>/<model>`. Read only: without a model named there is no one key for the effort.
 */

const names = ['opencode.jsonc', 'opencode.json'];

export const opencodeThinking: ThinkingAdapter = {
  id: 'opencode',
  label: 'OpenCode',
  format: 'json',
  chooses: { variable: null, key: ['model'], names: new Map() },
  efforts: [],
  traces: (host) => [opencodeFolder(host), join(host, dataFolder(host), 'opencode')],
  paths: (host, folders) =>
    [...folders, opencodeFolder(host)].flatMap((folder) => names.map((name) => join(host, folder, name))),
  read: (files, env, models) => {
    const layers = layersOf(files, 'json');
    const [provider = '', ...rest] = (firstSet(layers, ['model'], isText)?.value ?? models[0] ?? '').split('/');
    const options = ['provider', provider, 'models', rest.join('/'), 'options'];
    const effort = firstSet(layers, [...options, 'reasoningEffort'], isText);
    const budget =
      firstSet(layers, [...options, 'thinking', 'budgetTokens'], isCount) ??
      firstSet(layers, [...options, 'thinkingConfig', 'thinkingBudget'], isCount);
    return {
      on: budget === null && effort === null ? null : budget?.value !== 0,
      cap: budget?.value ?? (effort === null ? null : 'uncapped'),
      effort: effort?.value ?? null,
      setIn: effort?.setIn ?? budget?.setIn ?? null,
      maxOutput: countOf(env['OPENCODE_EXPERIMENTAL_OUTPUT_TOKEN_MAX']),
      ...problemOf(layers),
    };
  },
  withEffort: () => null,
};

function dataFolder(host: HostFacts): string {
  return folderOr(host, 'XDG_DATA_HOME', join(host, host.home, '.local', 'share'));
}
