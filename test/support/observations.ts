import type { Observation } from '../../src/core/tokens/calibration.ts';
import { createChance } from '../demo/chance.mjs';

export interface Planted {
  readonly multiplier: number;
  /** Tokens billed for any answer, and for each tool call, beyond the text. */
  readonly overhead: number;
  readonly perTool: number;
  /** Standard deviation of one text's own ratio. */
  readonly noise: number;
  /** Share of calls that are plainly wrong: cut short, or with parts that no record shows. */
  readonly wrong: number;
}

/** Calls of answers of all sizes, most of them short, as agents' are. */
export function plantedObservations(seed: number, calls: number, planted: Planted): readonly Observation[] {
  const { next } = createChance(seed);
  const bell = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Array.from({ length: calls }, () => {
    const toolCalls = Math.floor(next() * 3);
    const counted = Math.round(Math.exp(5 + 1.1 * bell())) + 5;
    const text = planted.multiplier * counted * (1 + planted.noise * bell());
    const fair = planted.overhead + planted.perTool * toolCalls + text;
    const billed = next() >= planted.wrong ? fair : next() < 0.5 ? fair * 0.6 : fair * 1.7 + 200;
    return { counted, billed: Math.max(1, Math.round(billed)), toolCalls };
  });
}
