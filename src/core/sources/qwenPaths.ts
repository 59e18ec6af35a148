import { folderOr, join } from './paths.ts';
import type { HostFacts } from './source.ts';

/** Qwen Code keeps all it has here. */
export function qwenFolder(host: HostFacts): string {
  return folderOr(host, 'QWEN_HOME', join(host, host.home, '.qwen'));
}
