import { folderOr, join } from './paths.ts';
import type { HostFacts } from './source.ts';

/** Cline keeps all it has here, its hooks too. */
export function clineFolder(host: HostFacts): string {
  return folderOr(host, 'CLINE_DIR', join(host, host.home, '.cline'));
}
