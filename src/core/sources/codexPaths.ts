import { baseName, join, listed } from './paths.ts';
import type { HostFacts } from './source.ts';

/** Codex keeps all it has in `CODEX_HOME` (here also a comma list; the agent itself takes one), else `~/.codex` everywhere. */
export function codexHomes(host: HostFacts): readonly string[] {
  const configured = listed(host, 'CODEX_HOME');
  return configured.length > 0 ? [...new Set(configured)] : [join(host, host.home, '.codex')];
}

/** Active and archived rollouts. */
export function codexRoots(host: HostFacts): readonly string[] {
  return codexHomes(host).flatMap((home) => [join(host, home, 'sessions'), join(host, home, 'archived_sessions')]);
}

/** Cold rollouts are compressed in place to `.jsonl.zst`. */
export function isRollout(path: string): boolean {
  return /^rollout-.*\.jsonl(\.zst)?$/.test(baseName(path));
}

/** The thread's id as the file's name ends with it, null when the name has none. */
export function threadOfFile(path: string): string | null {
  const found = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl(\.zst)?$/i.exec(path);
  return found?.[1] ?? null;
}
