import { candidates } from '../pricing/normalise.ts';

export type Encoding = 'o200k_base' | 'cl100k_base';

/** Models that read text with one tokenizer, as far as is known. */
export interface TokenFamily {
  readonly id: string;
  /** The published vocabulary that it counts with, its own or the nearest. */
  readonly encoding: Encoding;
  /** Its own tokens for one of that vocabulary's, until its calls show better; 1 where the vocabulary is its own. */
  readonly multiplier: number;
  readonly isExact: boolean;
}

const own = (id: string, encoding: Encoding): TokenFamily => ({ id, encoding, multiplier: 1, isExact: true });
const like = (id: string, multiplier: number): TokenFamily => ({
  id,
  encoding: 'cl100k_base',
  multiplier,
  isExact: false,
});

// Measured on code against o200k_base, 2026-11; cl100k_base counts 1 % less. Anthropic names 1.35 as the most that the
// tokenizer of 4.7 adds to the older one; others measured 1.13 on TypeScript to 1.45 on prose.
const gpt = own('gpt', 'o200k_base');
const gpt4 = own('gpt-4', 'cl100k_base');
const claude3 = like('claude-3', 1.18);
const claude47 = like('claude-4.7', 1.4);
const claude5 = like('claude-5', 1.4);
const gemini = like('gemini', 1.2);
const deepseek = like('deepseek', 1.05);
const qwen = like('qwen', 1.05);
/** No model is named, or none that was measured. */
const other = like('other', 1.2);

/** First match wins; tried on the model's name without hosts, paths and dates. */
const families: readonly (readonly [name: RegExp, family: TokenFamily])[] = [
  [/^(?:gpt-3\.5|gpt-35|gpt-4(?:-turbo|-32k|-\d{4}|-vision)?(?:-|$))/, gpt4],
  [/^(?:chat)?gpt-|^o[1-9](?:-|$)|^codex(?:-|$)/, gpt],
  [/^gemini|^gemma/, gemini],
  [/^deepseek/, deepseek],
  [/^(?:qwen|qwq|coder-model)/, qwen],
];

const claudeName = /^claude|^(?:opus|sonnet|haiku|fable|mythos)/;

/** The family of a model by its recorded id; null and unknown ones share a family of their own. */
export function tokenFamily(model: string | null): TokenFamily {
  const names = model === null ? [] : candidates(model).names;
  const name = names.at(-1)?.replace(/^.*\//, '') ?? '';
  if (claudeName.test(name)) return claudeFamily(name);
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? other;
}

/** The tokenizer changed with 4.7, and perhaps again with 5. A name without a version means the newest. */
function claudeFamily(name: string): TokenFamily {
  const [, major, minor] = /(?:^|[^\d])(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/.exec(name) ?? [];
  if (major === undefined) return claude5;
  const version = Number(major) * 100 + Number(minor ?? 0);
  if (version >= 500) return claude5;
  return version >= 407 ? claude47 : claude3;
}
