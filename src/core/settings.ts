import * as z from 'zod';

const usdPerMillion = z.number().nonnegative();

/** A user's own rate for a model, USD per million tokens; what is left out follows from `input` as the vendor's ratios do. */
export const priceOverrideSchema = z.strictObject({
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion.optional(),
  cacheWrite5m: usdPerMillion.optional(),
  cacheWrite1h: usdPerMillion.optional(),
  /** ISO date from which it holds; always when left out. */
  from: z.iso.date().optional(),
});

const ruleAction = z.enum(['ask', 'warn', 'silent']);
export type RuleAction = z.infer<typeof ruleAction>;

/** What each rule of the pre-flight check does when it fires. */
const preflightRulesSchema = z.strictObject({
  heavyTask: ruleAction.default('ask'),
  coldCache: ruleAction.default('ask'),
  subagents: ruleAction.default('ask'),
  nearBudget: ruleAction.default('ask'),
  thinking: ruleAction.default('ask'),
});

const cap = z.number().positive();

/** Spend (USD list value) that may not be passed: asked about at the cap, or refused when `hard`. */
export const capSchema = z.strictObject({
  session: cap.optional(),
  day: cap.optional(),
  month: cap.optional(),
  hard: z.boolean().optional(),
});
export type Cap = z.infer<typeof capSchema>;

/** Whose spend a cap sums: all, or a folder's. A folder that is not absolute would hold nothing. */
const capped = z.string().regex(/^(\*$|\/|[A-Za-z]:[\\/]|\\\\)/, 'expected * or the absolute path of a folder');

/** The one schema of `burnMeter.*` settings; package.json is tested against it. A bad value falls back to its default. */
export const settingsSchema = z.object({
  /** Which figure leads in the status bar. */
  leadingFigure: z.enum(['today', 'session', 'week', 'month']).catch('today').default('today'),
  /** USD list value a day; 0 is none. */
  dailyBudget: z.number().nonnegative().catch(0).default(0),
  /** Share of the daily budget from which the item warns. */
  dailyBudgetWarnAt: z.number().min(0).max(1).catch(0.8).default(0.8),
  /** Whether spend reads as a bill or as value; `auto` follows the agents' records. */
  billing: z.enum(['auto', 'payPerToken', 'subscription']).catch('auto').default('auto'),
  /** Warn while a call is in flight when its estimate passes this many USD; 0 is off. */
  warnAbove: z.number().nonnegative().catch(1).default(1),
  /** What the rules of the pre-flight check do when they fire. */
  preflightRules: preflightRulesSchema.catch(preflightRulesSchema.parse({})).default(preflightRulesSchema.parse({})),
  /** Rule heavyTask: the task's estimate in USD; 0 is off. */
  askAbove: z.number().nonnegative().catch(2).default(2),
  /** Rule heavyTask: multiples of the user's median task; 0 is off. */
  askAboveTimesMedian: z.number().nonnegative().catch(5).default(5),
  /** Rule coldCache: what reading the context anew costs, in USD; 0 is off. */
  coldCacheAbove: z.number().nonnegative().catch(1).default(1),
  /** Rule thinking: what thinking passes in one of ten of the user's tasks with that model and effort, USD; 0 is off. */
  thinkingAbove: z.number().nonnegative().catch(0.5).default(0.5),
  /** Rule subagents: how many one task may start unasked; 0 is off. */
  subagentsAbove: z.number().nonnegative().catch(4).default(4),
  /** Caps by project folder (absolute); `*` is for all of them together. */
  caps: z.record(capped, capSchema).catch({}).default({}),
  priceOverrides: z.record(z.string(), priceOverrideSchema).catch({}).default({}),
  /** Model id as recorded → model id in the pricing table. */
  modelAliases: z.record(z.string(), z.string()).catch({}).default({}),
  /** Fetch newer prices once a day. Off unless the user turns it on. */
  refreshPrices: z.boolean().catch(false).default(false),
  /** Homes to read beside this machine's own (the other side of WSL, a mounted remote); polled. */
  extraHomes: z.array(z.string()).catch([]).default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});

export interface Usable {
  readonly settings: Settings;
  /** What was left out and why, in words: `priceOverrides.owl.input: expected number`. */
  readonly refused: readonly string[];
}

/** Settings whose entries hold without what is wrong in them; a price holds whole or not at all. */
const holdInPart: ReadonlySet<string> = new Set(['caps', 'preflightRules']);

/**
 * The settings that `values` give. A bad value falls back to its default, a bad entry of a list or table to nothing, a
 * bad part of a cap or of the rules to nothing.
 */
export function usableSettings(values: Readonly<Record<string, unknown>>): Usable {
  const refused: string[] = [];
  const usable: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(settingsSchema.shape)) {
    let value = values[key];
    const strict = field.unwrap().unwrap();
    for (;;) {
      const issue = value === undefined ? undefined : strict.safeParse(value).error?.issues[0];
      if (issue === undefined) break;
      refused.push(`${[key, ...issue.path].join('.')}: ${wordsOf(issue)}`);
      const depth = holdInPart.has(key) ? Infinity : 1;
      for (const place of placesOf(issue)) value = without(value, place.slice(0, depth));
    }
    usable[key] = value;
  }
  return { settings: settingsSchema.parse(usable), refused };
}

type Issue = z.core.$ZodIssue;

function wordsOf(issue: Issue): string {
  return (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message;
}

function placesOf(issue: Issue): readonly (readonly PropertyKey[])[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** `value` less what is at the place in it; undefined when it is no list or table, or has nothing there. */
function without(value: unknown, [entry, ...rest]: readonly PropertyKey[]): unknown {
  if (typeof value !== 'object' || value === null || entry === undefined || !Object.hasOwn(value, entry)) {
    return undefined;
  }
  if (Array.isArray(value)) return value.filter((_, index) => index !== entry);
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => {
    return key !== entry ? [key, part] : [key, rest.length === 0 ? undefined : without(part, rest)];
  });
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}
