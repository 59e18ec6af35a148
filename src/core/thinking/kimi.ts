import { folderOr, join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import { plainEffort } from './plainEffort.ts';

/** Kimi Code (agent-logs §16.5): `effort` of `[thinking]` in `~/.kimi-code/config.toml`; read, since no level is known to hold. */
export const kimiThinking = plainEffort({
  id: 'kimi',
  label: 'Kimi Code',
  format: 'toml',
  chooses: { variable: null, key: ['default_model'], names: new Map() },
  key: ['thinking', 'effort'],
  off: ['off', 'none'],
  efforts: [],
  traces: (host) => [folder(host)],
  paths: (host) => [join(host, folder(host), 'config.toml')],
});

function folder(host: HostFacts): string {
  return folderOr(host, 'KIMI_CODE_HOME', join(host, host.home, '.kimi-code'));
}
