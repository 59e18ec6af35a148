import { fingerprint } from '../agentFiles/safeWrite.ts';

// Enough of a file's earlier bytes to have them all back while it is as we left it, and no copy of what else stands in it.

/** How to get from the bytes that we wrote back to those before. */
export interface Patch {
  /** Fingerprints of the bytes before and after. */
  readonly was: string;
  readonly now: string;
  /** Bytes that both begin with, how many of ours follow, and what stood there (base64). */
  readonly prefix: number;
  readonly inserted: number;
  readonly removed: string;
}

/** The patch that leads from `after` back to `before`; null stands for no file. */
export function patchBack(before: Buffer | null, after: Buffer | null): Patch {
  const [a, b] = [before ?? Buffer.alloc(0), after ?? Buffer.alloc(0)];
  const shorter = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < shorter && a[prefix] === b[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && a[a.length - 1 - suffix] === b[b.length - 1 - suffix]) suffix++;
  return {
    was: fingerprint(before),
    now: fingerprint(after),
    prefix,
    inserted: b.length - prefix - suffix,
    removed: a.subarray(prefix, a.length - suffix).toString('base64'),
  };
}

/** The bytes before the patches, in their order; null for no file, undefined when the file is not as we left it. */
export function patched(bytes: Buffer | null, patches: readonly Patch[]): Buffer | null | undefined {
  return patches.reduce<Buffer | null | undefined>(
    (now, patch) => (now === undefined ? now : previous(now, patch)),
    bytes,
  );
}

function previous(bytes: Buffer | null, patch: Patch): Buffer | null | undefined {
  if (fingerprint(bytes) !== patch.now) return undefined;
  if (patch.was === fingerprint(null)) return null;
  const now = bytes ?? Buffer.alloc(0);
  const removed = Buffer.from(patch.removed, 'base64');
  const back = Buffer.concat([now.subarray(0, patch.prefix), removed, now.subarray(patch.prefix + patch.inserted)]);
  return fingerprint(back) === patch.was ? back : undefined;
}
