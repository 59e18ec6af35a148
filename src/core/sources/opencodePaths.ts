import { folderOr, join } from './paths.ts';
import type { HostFacts } from './source.ts';

/** OpenCode keeps its settings here, and its data elsewhere. */
export function opencodeFolder(host: HostFacts): string {
  return join(host, folderOr(host, 'XDG_CONFIG_HOME', join(host, host.home, '.config')), 'opencode');
}
