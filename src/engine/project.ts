import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

/**
 * Root folder of the project that a working folder belongs to: the nearest folder with a `.git`, a linked worktree
 * counting as its main repository. A folder that is gone, or in no repository, is its own project. Asks the file
 * system once per folder and never runs git.
 */
export function createProjects(): (cwd: string) => string {
  const known = new Map<string, string>();
  return (cwd) => {
    const cached = known.get(cwd);
    if (cached !== undefined) return cached;
    const root = projectRoot(cwd);
    // Folders come from records: a hostile file must not fill the memory.
    if (known.size < 10_000) known.set(cwd, root);
    return root;
  };
}

function projectRoot(cwd: string): string {
  if (!isAbsolute(cwd)) return cwd;
  try {
    // Resolved first: the parents of a link are not those of the folder it leads to.
    for (let folder = realpathSync(cwd); ; folder = dirname(folder)) {
      const root = rootAt(folder);
      if (root !== null) return root;
      if (dirname(folder) === folder) return cwd;
    }
  } catch {
    return cwd;
  }
}

function rootAt(folder: string): string | null {
  const git = join(folder, '.git');
  const stat = statSync(git, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return folder;
  // A worktree's or a submodule's `.git` is a small file; anything else is not git's.
  if (stat?.isFile() !== true || stat.size > 4096) return null;
  return mainRepository(folder, git) ?? folder;
}

function mainRepository(folder: string, git: string): string | null {
  const gitDir = /^gitdir: (.+)/.exec(readFileSync(git, 'utf8'))?.[1]?.trim();
  if (gitDir === undefined) return null;
  try {
    const own = resolve(folder, gitDir);
    // Only a worktree has this file; a submodule is a project of its own.
    const common = resolve(own, readFileSync(join(own, 'commondir'), 'utf8').trim());
    return basename(common) === '.git' ? dirname(common) : common;
  } catch {
    return null;
  }
}
