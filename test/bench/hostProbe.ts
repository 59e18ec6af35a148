import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Span } from '../../src/vscode/spans.ts';
import { temporaryFolder } from '../vscode/profile.mjs';

/** Milliseconds by which timers of the extension host came late. */
export interface LoopDelay {
  readonly samples: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Felt {
  readonly loop: LoopDelay;
  /** What the meter measured of itself; empty when it is not installed. */
  readonly spans: Readonly<Record<string, Span>>;
}

/** A small extension beside the meter that measures their host. `stage` goes into the stage's options. */
export function createProbe() {
  const file = path.join(temporaryFolder(), 'felt.json');
  const changed = async (): Promise<void> => {
    const before = fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
    while (!fs.existsSync(file) || fs.statSync(file).mtimeMs === before) await pause(50);
  };
  return {
    stage: { unpacked: [path.join(import.meta.dirname, 'probe')], env: { BURN_METER_PROBE: file } },
    /** Forgets what it felt so far. */
    async reset(): Promise<void> {
      fs.writeFileSync(`${file}.reset`, '');
      while (fs.existsSync(`${file}.reset`)) await pause(50);
    },
    /** What the host felt from the last reset until `ms` from now. */
    async after(ms: number): Promise<Felt> {
      await pause(ms);
      await changed();
      const { loop, spans }: { loop: LoopDelay; spans: Felt['spans'] | null } = JSON.parse(
        fs.readFileSync(file, 'utf8'),
      );
      return { loop, spans: spans ?? {} };
    },
  };
}
