import { posix, win32 } from 'node:path';
import type { HostFacts } from '../core/sources/source.ts';

/**
 * Absolute folder of the ledger: the user's own data folder, not an editor's storage, which differs per editor and
 * profile and is deleted on uninstall. A relative `XDG_DATA_HOME` is ignored, as its specification demands.
 */
export function dataFolder(host: HostFacts): string {
  const path = host.platform === 'win32' ? win32 : posix;
  return path.join(parent(host, path), 'burn-meter');
}

/** Absolute path of the ledger's file. */
export function ledgerPath(host: HostFacts): string {
  return (host.platform === 'win32' ? win32 : posix).join(dataFolder(host), 'ledger.db');
}

function parent(host: HostFacts, path: typeof posix): string {
  const { home, env } = host;
  if (host.platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  const named = host.platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_DATA_HOME'];
  if (named !== undefined && path.isAbsolute(named)) return named;
  return host.platform === 'win32' ? path.join(home, 'AppData', 'Local') : path.join(home, '.local', 'share');
}
