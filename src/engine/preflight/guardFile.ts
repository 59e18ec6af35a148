import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { hasHardCap } from '../../core/guard/caps.ts';
import { relayFolder } from '../../core/hooks/relay.ts';
import { capSchema } from '../../core/settings.ts';
import { parseJson } from '../../core/sources/json.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import { readText, writeWhole } from '../wholeFile.ts';

// What the guard goes by while no window is open. It is there only while a hard cap is set: without it no agent waits.

const contents = z.object({ caps: z.record(z.string(), capSchema), timeZone: z.string() });
export type GuardFile = z.infer<typeof contents>;

/** Absolute path of the guard's file. */
export function guardPath(host: HostFacts, dataFolder: string): string {
  return join(relayFolder(host, dataFolder), 'guard.json');
}

/**
 * Leaves the caps for the guard, or takes them away when none is hard. Of several editors with caps of their own the last
 * one that starts, or whose settings change, counts. Throws where the folder cannot be written.
 */
export function writeGuardFile(path: string, { caps, timeZone }: GuardFile): void {
  if (!hasHardCap(caps)) return rmSync(path, { force: true });
  const text = JSON.stringify({ caps, timeZone });
  if (readText(path) === text) return;
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  writeWhole(path, text, 0o600);
}

/** Null when there is none, or none that can be read. */
export function readGuardFile(path: string): GuardFile | null {
  const parsed = contents.safeParse(parseJson(readText(path) ?? ''));
  return parsed.success ? parsed.data : null;
}
