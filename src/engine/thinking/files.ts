import type { SettingsFile } from '../../core/thinking/agentSettings.ts';
import { readAgentFile } from '../agentFiles/safeWrite.ts';

/** The agent's settings as text, in the order given. Never rejects: what cannot be read is marked. */
export function readSettings(paths: readonly string[]): Promise<readonly SettingsFile[]> {
  return Promise.all(paths.map(readOne));
}

/** The text of UTF-8 bytes, its byte order mark included; null for no file. Throws when they are not UTF-8. */
export function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

async function readOne(path: string): Promise<SettingsFile> {
  try {
    return { path, text: textOf((await readAgentFile(path)).bytes) };
  } catch {
    return { path, text: null, unreadable: true };
  }
}
