import { existsSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { FileStamp } from '../ledger/files.ts';
import type { Catalogue } from './catalogue.ts';
import { stampOf } from './target.ts';

/** A file that changed so lately may well change again: it is looked at on every sweep. */
const recentMs = 60 * 60 * 1000;

export interface Sweep {
  /** Looks at files and folders for at most `budgetMs`; the next call goes on where this one stopped. */
  look(now: number, budgetMs: number): void;
}

export interface SweepOptions {
  readonly catalogue: Catalogue;
  /** A known file or folder differs from what was last seen of it, or is gone. */
  readonly onDifference: (path: string) => void;
}

/** The slow poll behind the watch: events are lost on some systems, and some folders are not watched at all. */
export function createSweep({ catalogue, onDifference }: SweepOptions): Sweep {
  let rest: Iterator<readonly [string, { readonly mtime: number }]> | null = null;
  const visit = (path: string, seen: Partial<FileStamp>) => {
    try {
      if (differs(path, seen)) onDifference(path);
    } catch {
      // Unreadable for now: the problem was told when it was first met.
    }
  };
  return {
    look: (now, budgetMs) => {
      const until = performance.now() + budgetMs;
      for (const { path } of catalogue.roots) if (!catalogue.folders.has(path) && existsSync(path)) onDifference(path);
      for (const { target, stamp } of catalogue.files.values()) {
        if (now - stamp.mtime < recentMs) visit(target.path, stamp);
        // The rest must have its turn too.
        if (performance.now() > until - budgetMs / 2) break;
      }
      rest ??= everything(catalogue);
      while (performance.now() < until) {
        const next = rest.next();
        if (next.done === true) {
          rest = null;
          return;
        }
        visit(next.value[0], next.value[1]);
      }
    },
  };
}

function* everything(
  catalogue: Catalogue,
): Generator<readonly [string, { readonly mtime: number; readonly size?: number }]> {
  for (const [path, folder] of catalogue.folders) yield [path, { mtime: folder.mtime }];
  for (const [path, file] of catalogue.files) yield [path, file.stamp];
}

function differs(path: string, seen: Partial<FileStamp>): boolean {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  const stamp = stat === undefined ? null : stampOf(stat);
  return stamp === null || stamp.mtime !== seen.mtime || (seen.size !== undefined && stamp.size !== seen.size);
}
