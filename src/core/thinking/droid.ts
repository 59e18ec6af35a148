import { join } from '../sources/paths.ts';
import { plainEffort } from './plainEffort.ts';

/** Factory Droid (agent-logs §15.5): `reasoningEffort` in `~/.factory/settings.json`. */
export const droidThinking = plainEffort({
  id: 'droid',
  label: 'Droid',
  format: 'json',
  chooses: { variable: null, key: ['model'], names: new Map() },
  key: ['reasoningEffort'],
  off: ['off', 'none'],
  efforts: ['off', 'low', 'medium', 'high'],
  traces: (host) => [join(host, host.home, '.factory')],
  paths: (host) => [join(host, host.home, '.factory', 'settings.json')],
});
