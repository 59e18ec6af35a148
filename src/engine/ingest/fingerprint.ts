import { hash } from 'node:crypto';
import { readSync } from 'node:fs';

const headBytes = 4096;
const tailBytes = 256;

/**
 * What tells a file that has only grown from one put in its place: hashes of its first bytes and of the last ones before
 * the read position. Empty at the start of a file, where nothing has been read that could have changed.
 */
export function fingerprint(fd: number, offset: number): string {
  if (offset === 0) return '';
  const head = readAt(fd, 0, Math.min(headBytes, offset));
  const tail = readAt(fd, Math.max(0, offset - tailBytes), Math.min(tailBytes, offset));
  return `${head.length}:${digest(head)}:${digest(tail)}`;
}

function digest(bytes: Buffer): string {
  return hash('sha1', bytes, 'base64').slice(0, 16);
}

function readAt(fd: number, from: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const n = readSync(fd, buffer, filled, length - filled, from + filled);
    if (n === 0) break;
    filled += n;
  }
  return buffer.subarray(0, filled);
}
