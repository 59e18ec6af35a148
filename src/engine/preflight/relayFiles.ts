import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { relayFolder } from '../../core/hooks/relay.ts';
import type { RelayPlaces } from '../../core/hooks/relayLimits.ts';
import { commandRelay, nodeRelay } from '../../core/hooks/relayNode.ts';
import { shellRelay } from '../../core/hooks/relayShell.ts';
import type { HostFacts } from '../../core/sources/source.ts';

export interface RelayFiles {
  readonly dataFolder: string;
  readonly host: HostFacts;
  readonly places: RelayPlaces;
}

/** Writes the relay, or this version's in place of another's. Files that are as they should be are not touched. Throws. */
export function writeRelay({ dataFolder, host, places }: RelayFiles): void {
  const folder = relayFolder(host, dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  write(join(folder, 'relay.cjs'), nodeRelay(places), 0o600);
  write(join(folder, 'relay.sh'), shellRelay(places), 0o700);
  if (host.platform === 'win32') write(join(folder, 'relay.cmd'), commandRelay(places, host.env), 0o600);
}

/** Takes the relay away; hooks that are still set up then do nothing. Throws. */
export function removeRelay({ dataFolder, host }: Omit<RelayFiles, 'places'>): void {
  const folder = relayFolder(host, dataFolder);
  for (const name of ['relay.sh', 'relay.cmd', 'relay.cjs']) rmSync(join(folder, name), { force: true });
}

/** Whole or not at all: an agent may run it at this moment. */
function write(path: string, text: string, mode: number): void {
  if (isWritten(path, text, mode)) return;
  const draft = `${path}.${process.pid}.draft`;
  try {
    writeFileSync(draft, text, { mode, flush: true });
    chmodSync(draft, mode);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function isWritten(path: string, text: string, mode: number): boolean {
  try {
    return (
      readFileSync(path, 'utf8') === text && (process.platform === 'win32' || (statSync(path).mode & 0o777) === mode)
    );
  } catch {
    return false;
  }
}
