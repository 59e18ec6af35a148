import { folderOr, join } from './paths.ts';
import type { HostFacts } from './source.ts';

/** The variable of Gemini CLI names what stands in the home's place. */
export function geminiFolder(host: HostFacts): string {
  return join(host, folderOr(host, 'GEMINI_CLI_HOME', host.home), '.gemini');
}
