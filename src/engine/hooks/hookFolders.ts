import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAnyThere } from '../agentFiles/there.ts';

/** Folders that have to be made before a file can stand at `path`, outermost first. */
export async function missingFolders(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  if (folder === path || (await isAnyThere([folder]))) return [];
  return [...(await missingFolders(folder)), folder];
}

/** Removes the folders that are empty by now. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) await rmdir(folder).catch(() => undefined);
}
