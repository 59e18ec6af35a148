import { homedir } from 'node:os';
import type { HostFacts } from '../core/sources/source.ts';

/** This machine as path discovery sees it; `HOME` decides where it reads. */
export function hostFacts(): HostFacts {
  const platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
  return { platform, home: homedir(), env: process.env };
}
