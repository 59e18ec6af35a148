import { codexHomes } from '../sources/codexPaths.ts';
import { join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { ThinkingAdapter } from './agentSettings.ts';
import { firstSet, isText, layersOf } from './layers.ts';
import type { Found, Layer } from './layers.ts';
import { effortState } from './plainEffort.ts';

/*
 * Codex (agent-logs §2.5): `model_reasoning_effort` in `<folder>/.codex/config.toml` of a trusted project, else in
 * `$CODEX_HOME/config.toml`, there below `[profiles.<name>]` first when `profile` names one. There is no cap in tokens.
 */

const key = 'model_reasoning_effort';

export const codexThinking: ThinkingAdapter = {
  id: 'codex',
  label: 'Codex',
  format: 'toml',
  chooses: { variable: null, key: ['model'], names: new Map() },
  // `none` and `minimal` exist too, but not for every model, and a model that lacks one refuses the call.
  efforts: ['low', 'medium', 'high', 'xhigh'],
  traces: (host) => [home(host)],
  paths: (host, folders) => [
    ...(host.platform === 'win32' ? [] : ['/etc/codex/managed_config.toml']),
    ...folders.map((folder) => join(host, folder, '.codex', 'config.toml')),
    join(host, home(host), 'config.toml'),
  ],
  read: (files) => {
    const layers = layersOf(files, 'toml');
    const effort = effortOf(layers);
    return effortState(layers, effort, effort?.value !== 'none');
  },
  withEffort: (files, effort) => {
    const own = files.at(-1)?.path;
    const layers = layersOf(files, 'toml');
    const set = effortOf(layers);
    if (own === undefined || (set !== null && set.setIn.path !== own)) return null;
    const profile = profileOf(layers);
    const at = profile !== null && set?.setIn.key === profile.join('.') ? profile : [key];
    return { path: own, format: 'toml', changes: [{ at, value: effort }] };
  },
};

function effortOf(layers: readonly Layer[]): Found<string> | null {
  const profile = profileOf(layers);
  return (profile === null ? null : firstSet(layers, profile, isText)) ?? firstSet(layers, [key], isText);
}

/** Where the chosen profile keeps its effort. */
function profileOf(layers: readonly Layer[]): readonly string[] | null {
  const name = firstSet(layers, ['profile'], isText)?.value;
  return name === undefined ? null : ['profiles', name, key];
}

function home(host: HostFacts): string {
  return codexHomes(host)[0] ?? '';
}
