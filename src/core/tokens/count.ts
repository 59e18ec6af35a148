import { tokenFamily } from './family.ts';

/** What a text will be billed as. Always an estimate: only the provider's own count is a bill. */
export interface TokenCount {
  readonly tokens: number;
  /** In tokens of the family's vocabulary, before its multiplier. */
  readonly raw: number;
  readonly multiplier: number;
  /** `length`: no tokenizer was ready in time, so characters stand in. */
  readonly basis: 'counted' | 'length';
}

/** Multipliers that were learnt from calls, by the family's id. */
export type Multipliers = ReadonlyMap<string, number>;

/** Characters of code for one token, measured on TypeScript with o200k_base; prose has 5.1, JSON 3.4. */
const charsPerToken = 3.7;
/** Scripts from here on (Indic, Thai, Chinese, Japanese, Korean, emoji) take about a token for each character. */
const firstWideUnit = 0x0900;

/** A count in the family's vocabulary, as the family's own tokens. */
export function scaled(
  raw: number,
  basis: TokenCount['basis'],
  model: string | null,
  learnt: Multipliers = new Map(),
): TokenCount {
  const family = tokenFamily(model);
  const multiplier = learnt.get(family.id) ?? family.multiplier;
  return { tokens: Math.round(raw * multiplier), raw, multiplier, basis };
}

/** By the text's length alone: at once and without a tokenizer, a quarter off on common text. */
export function countByLength(text: string, model: string | null, learnt?: Multipliers): TokenCount {
  let wide = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= firstWideUnit) wide += 1;
  return scaled(Math.ceil(wide + (text.length - wide) / charsPerToken), 'length', model, learnt);
}
