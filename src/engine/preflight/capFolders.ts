import { everywhere } from '../../core/guard/caps.ts';
import type { Settings } from '../../core/settings.ts';

/**
 * What is wrong with the folders of caps, in words for the user: calls are counted for their repository's root, so that a
 * cap on a folder inside one, on a linked worktree or on a link to it never holds. `projectOf` as in project.ts.
 */
export function capsThatNeverHold(caps: Settings['caps'], projectOf: (folder: string) => string): readonly string[] {
  return Object.keys(caps).flatMap((folder) => {
    const root = folder === everywhere ? folder : projectOf(folder);
    if (root === folder) return [];
    return [`The cap on ${folder} never holds: calls there are counted for ${root}. Set the cap on that folder.`];
  });
}
