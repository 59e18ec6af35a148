import { folderOr, join } from './paths.ts';
import type { HostFacts } from './source.ts';

/** Copilot CLI keeps all it has here; VS Code's Copilot Chat reads the hooks in it. */
export function copilotFolder(host: HostFacts): string {
  return folderOr(host, 'COPILOT_HOME', join(host, host.home, '.copilot'));
}
