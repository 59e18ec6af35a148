import { join } from '../sources/paths.ts';
import { plainEffort } from './plainEffort.ts';

/** Kimi Code (agent-logs §16.5): `effort` of `[thinking]` in `~/.kimi-code/config.toml`; read, since no level is known to hold. */
export const kimiThinking = plainEffort({
  id: 'kimi',
  label: 'Kimi Code',
  format: 'toml',
  key: ['thinking', 'effort'],
  off: ['off', 'none'],
  efforts: [],
  traces: (host) => [join(host, host.home, '.kimi-code')],
  paths: (host) => [join(host, host.home, '.kimi-code', 'config.toml')],
});
