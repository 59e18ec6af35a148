import { candidates } from './pricing/normalise.ts';

/** What a model can take and give, in tokens. */
export interface ModelLimits {
  readonly window: number;
  /** What agents ask for at most unless told otherwise. */
  readonly maxOutput: number;
}

const k = 1000;
const million = 1000 * k;

const gemini: ModelLimits = { window: 1_048_576, maxOutput: 65_536 };

// Claude: as Claude Code 2.1.329 knows its models. OpenAI's and Google's are unverified,
// and stand in only for records that do not carry a window of their own.
const limits: ReadonlyMap<string, ModelLimits> = new Map([
  ['claude-3-5-haiku', { window: 200 * k, maxOutput: 8192 }],
  ['claude-3-5-sonnet', { window: 200 * k, maxOutput: 8192 }],
  ['claude-3-7-sonnet', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-haiku-4-5', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-haiku-5-5', { window: million, maxOutput: 128 * k }],
  ['claude-sonnet-4', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-sonnet-4-0', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-sonnet-4-5', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-sonnet-4-6', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-sonnet-5', { window: million, maxOutput: 64 * k }],
  ['claude-sonnet-5-5', { window: million, maxOutput: 128 * k }],
  ['claude-opus-4', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-opus-4-0', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-opus-4-1', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-opus-4-5', { window: 200 * k, maxOutput: 32 * k }],
  ['claude-opus-4-6', { window: 200 * k, maxOutput: 64 * k }],
  ['claude-opus-4-7', { window: million, maxOutput: 64 * k }],
  ['claude-opus-4-8', { window: million, maxOutput: 64 * k }],
  ['claude-opus-5', { window: million, maxOutput: 64 * k }],
  ['claude-opus-5-5', { window: million, maxOutput: 128 * k }],
  ['claude-fable-5', { window: million, maxOutput: 64 * k }],
  ['claude-fable-5-1', { window: million, maxOutput: 64 * k }],
  ['claude-fable-5-2', { window: million, maxOutput: 128 * k }],
  ['claude-mythos-5', { window: million, maxOutput: 64 * k }],
  ['claude-mythos-5-1', { window: million, maxOutput: 64 * k }],
  ['claude-mythos-5-2', { window: million, maxOutput: 128 * k }],
  ['gpt-5', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5-codex', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5-mini', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.1', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.1-codex', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.1-codex-max', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.2', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.2-codex', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.3-codex', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.4', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-5.4-mini', { window: 400 * k, maxOutput: 128 * k }],
  ['gpt-5.5', { window: million, maxOutput: 128 * k }],
  ['gpt-5.6-sol', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-5.6-terra', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-5.6-luna', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-6-astra', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-6-sol', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-6-luna', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-6.1-sol', { window: 1050 * k, maxOutput: 128 * k }],
  ['gpt-6.1-terra', { window: 1050 * k, maxOutput: 128 * k }],
  ['gemini-2.5-pro', gemini],
  ['gemini-2.5-flash', gemini],
  ['gemini-2.5-flash-lite', gemini],
  ['gemini-3-pro-preview', gemini],
  ['gemini-3-flash-preview', gemini],
  ['gemini-3.1-pro-preview', gemini],
]);

/** A model's id without its host, date and flags, so that one model is one, however a record or a hook spells it. */
export function plainModel(model: string): string {
  return candidates(model).names.at(-1) ?? model;
}

export function isSameModel(one: string, other: string): boolean {
  return one === other || plainModel(one) === plainModel(other);
}

/** Limits of a model by its recorded id, exactly after normalising; null when unknown. `[1m]` opens the wide window. */
export function modelLimits(model: string): ModelLimits | null {
  const found = candidates(model)
    .names.map((n) => limits.get(n))
    .find((l) => l !== undefined);
  if (found === undefined) return null;
  return model.toLowerCase().includes('[1m]') ? { ...found, window: Math.max(found.window, million) } : found;
}

/** What tasks cost at each effort beside `high`, as Claude Code 2.1.329 knows its models. */
const effortCosts: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  costs('claude-haiku-5-5', 0.38, 0.52, 2.03, 4.34),
  costs('claude-sonnet-5', 0.47, 0.74, 2.41, 5.59),
  costs('claude-sonnet-5-5', 0.49, 0.54, 1.87, 5.5),
  costs('claude-opus-4-8', 0.72, 0.9, 1.65, 1.88),
  costs('claude-opus-5', 0.67, 0.76, 1.6, 1.7),
  costs('claude-opus-5-5', 0.48, 0.66, 1.66, 3.44),
  costs('claude-fable-5', 0.6, 0.77, 1.74, 1.91),
  costs('claude-fable-5-1', 0.75, 0.86, 1.38, 1.74),
  costs('claude-mythos-5-1', 0.75, 0.86, 1.38, 1.74),
]);

/** Cost of a task at an effort as a multiple of that at `high`; null where nobody has told. */
export function effortCost(model: string, effort: string | null): number | null {
  return effort === null ? null : (effortCosts.get(plainModel(model))?.get(effort) ?? null);
}

function costs(
  model: string,
  low: number,
  medium: number,
  xhigh: number,
  max: number,
): readonly [string, ReadonlyMap<string, number>] {
  return [model, new Map(Object.entries({ low, medium, high: 1, xhigh, max }))];
}

// Claude up to 4.5 takes a budget of thinking tokens with each request, Gemini 2.5 too; from Claude 4.6 on, Gemini 3 and
// OpenAI's models know an effort only, seen on the wire of Claude Code 2.1.329 and told by Google's and OpenAI's pages.
const capped = /^(?:claude-(?:3-7-sonnet|(?:sonnet|opus)-4(?:-[0-5])?|haiku-4-5)|gemini-2\.5-[a-z-]+)$/;

/** Whether a model, by its recorded id, lets its thinking be capped in tokens. */
export function takesThinkingCap(model: string): boolean {
  return candidates(model).names.some((name) => capped.test(name));
}
