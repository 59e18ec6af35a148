import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { relayFolder } from '../../core/hooks/relay.ts';
import type { RelayPlaces } from '../../core/hooks/relayLimits.ts';
import { commandRelay, nodeRelay } from '../../core/hooks/relayNode.ts';
import { shellRelay } from '../../core/hooks/relayShell.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import { readText, writeWhole } from '../wholeFile.ts';

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

function write(path: string, text: string, mode: number): void {
  if (!isWritten(path, text, mode)) writeWhole(path, text, mode);
}

function isWritten(path: string, text: string, mode: number): boolean {
  return readText(path) === text && (process.platform === 'win32' || (statSync(path).mode & 0o777) === mode);
}
