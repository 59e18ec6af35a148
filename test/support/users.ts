import { createChance } from '../demo/chance.mjs';
import type { TokenCounts } from '../../src/core/usage.ts';

// People who work with coding agents, made from chance alone: heavy-tailed tasks, sessions that grow and are compacted,
// pauses in which caches expire, switches of model and effort, subagents, habits that drift. What they pay is computed
// here, with rates of its own; nothing of the product's prices or estimates is known to this file.

export interface UserCall {
  readonly at: number;
  readonly subagent: string | null;
  readonly model: string;
  readonly tokens: TokenCounts;
  /** Pico-dollars; whole and far below 2^53. */
  readonly pico: number;
}

/** A prompt until it is done, with the calls of its subagents, in order of time. */
export interface UserTask {
  /** When the prompt was sent, ms. */
  readonly at: number;
  readonly session: string;
  readonly project: string;
  readonly model: string;
  readonly effort: string;
  readonly promptTokens: number;
  readonly calls: readonly UserCall[];
  readonly pico: number;
}

/** One class of person; figures are medians from which each of them differs. */
export interface Profile {
  readonly name: string;
  readonly tasks: readonly [from: number, to: number];
  readonly models: readonly string[];
  /** Calls of a task: middle, spread of its logarithm, share of runaways and the exponent of their tail. */
  readonly turns: readonly [middle: number, spread: number, runaways: number, tail: number];
  /** Tokens that a call adds to the context: middle and spread. */
  readonly growth: readonly [number, number];
  readonly output: readonly [number, number];
  readonly prompt: readonly [number, number];
  /** Minutes between two prompts of a session: middle and spread. */
  readonly pause: readonly [number, number];
  readonly perSession: number;
  readonly switches: { readonly model: number; readonly effort: number };
  readonly subagents: number;
  /** How far habits wander from one task to the next. */
  readonly drift: number;
}

export const profiles: readonly Profile[] = [
  {
    name: 'light',
    tasks: [25, 80],
    models: ['claude-sonnet-5-5'],
    turns: [3, 0.7, 0.01, 2],
    growth: [700, 0.9],
    output: [250, 0.9],
    prompt: [60, 1],
    pause: [4, 1.3],
    perSession: 3,
    switches: { model: 0, effort: 0.01 },
    subagents: 0.02,
    drift: 0.01,
  },
  {
    name: 'steady',
    tasks: [60, 200],
    models: ['claude-opus-5-5', 'claude-sonnet-5-5'],
    turns: [9, 0.9, 0.03, 1.7],
    growth: [1200, 1],
    output: [320, 1],
    prompt: [120, 1.2],
    pause: [6, 1.6],
    perSession: 7,
    switches: { model: 0.03, effort: 0.03 },
    subagents: 0.08,
    drift: 0.02,
  },
  {
    name: 'heavy-tailed',
    tasks: [40, 250],
    models: ['claude-opus-5-5', 'gpt-5.5', 'claude-sonnet-5-5', 'claude-haiku-5-5'],
    turns: [12, 1.2, 0.1, 1.2],
    growth: [1800, 1.3],
    output: [420, 1.2],
    prompt: [150, 1.7],
    pause: [9, 2.2],
    perSession: 10,
    switches: { model: 0.12, effort: 0.1 },
    subagents: 0.2,
    drift: 0.03,
  },
  {
    name: 'codex',
    tasks: [30, 150],
    models: ['gpt-5.5', 'gpt-6-sol'],
    turns: [8, 1, 0.05, 1.5],
    growth: [1500, 1.1],
    output: [380, 1.1],
    prompt: [100, 1.3],
    pause: [7, 1.8],
    perSession: 6,
    switches: { model: 0.05, effort: 0.06 },
    subagents: 0,
    drift: 0.02,
  },
];

interface Rates {
  readonly input: number;
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly output: number;
}

/** USD per million tokens, i.e. micro-dollars a token, as the vendors' clients know them. */
const rates: Readonly<
  Record<string, Rates & { readonly cliff?: readonly [above: number, prompt: number, answer: number] }>
> = {
  'claude-opus-5-5': { input: 4, read: 0.2, write5m: 5, write1h: 8, output: 20 },
  'claude-sonnet-5-5': { input: 2, read: 0.1, write5m: 2.5, write1h: 4, output: 10 },
  'claude-haiku-5-5': { input: 0.1, read: 0.01, write5m: 0.125, write1h: 0.2, output: 0.5, cliff: [100_000, 5, 5] },
  'gpt-5.5': { input: 5, read: 0.5, write5m: 0, write1h: 0, output: 30, cliff: [272_000, 2, 1.5] },
  'gpt-6-sol': { input: 2, read: 0.2, write5m: 2.5, write1h: 0, output: 10 },
};
const efforts = ['low', 'medium', 'high', 'xhigh'] as const;
/** How much more is written at each effort. */
const effortIndex: Readonly<Record<string, number>> = { low: 0.5, medium: 0.7, high: 1, xhigh: 1.7 };

const second = 1000;
const minute = 60 * second;
const compactAt = 170_000;

function billed(model: string, t: TokenCounts): number {
  const r = rates[model];
  if (r === undefined) throw new Error(`no rate for ${model}`);
  const pico = (tokens: number, rate: number): number => tokens * Math.round(rate * 1e6);
  const prompt = t.input + t.cacheRead + t.cacheWrite5m + t.cacheWrite1h;
  const [above, more, longer] = r.cliff ?? [Infinity, 1, 1];
  const isLong = prompt > above;
  const read =
    pico(t.input, r.input) +
    pico(t.cacheRead, r.read) +
    pico(t.cacheWrite5m, r.write5m) +
    pico(t.cacheWrite1h, r.write1h);
  return read * (isLong ? more : 1) + pico(t.output, r.output) * (isLong ? longer : 1);
}

type Normal = () => number;

/** A person's own figures, drawn around the profile's. */
interface Person {
  readonly hourCache: boolean;
  readonly thinks: number;
  /** System prompt and tools, which sessions share; and what a project adds. */
  readonly base: number;
  readonly turns: number;
  readonly growth: number;
  readonly output: number;
  readonly prompt: number;
  readonly projects: readonly { readonly path: string; readonly instructions: number }[];
}

/** What a vendor keeps of one thread's prompt, per model. */
type Cache = Map<string, { prefix: number; at: number }>;

interface Thread {
  context: number;
  readonly cache: Cache;
}

/** One person's tasks, oldest first, of which no more than the first `atMost`; the same for the same profile and seed. */
export function createUser(profile: Profile, seed: number, atMost = Infinity): readonly UserTask[] {
  const chance = createChance(seed * 7919 + profile.name.length * 104_729);
  const normal: Normal = () => Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
  const around = (middle: number, spread: number): number => middle * Math.exp(spread * normal());
  const person: Person = {
    hourCache: chance.yes(0.5),
    thinks: 0.2 + 0.6 * chance.next(),
    base: Math.round(around(13_000, 0.3)),
    turns: around(profile.turns[0], 0.4),
    growth: around(profile.growth[0], 0.3),
    output: around(profile.output[0], 0.3),
    prompt: around(profile.prompt[0], 0.5),
    projects: Array.from({ length: chance.int(1, 4) }, (_, i) => ({
      path: `/home/kim/p${i}`,
      instructions: Math.round(around(1500, 1)),
    })),
  };
  // Tasks of a session resemble each other; habits drift; a few people change theirs for good.
  let mood = 0;
  let habit = 0;
  const change = chance.yes(0.2) ? chance.int(10, profile.tasks[1]) : Infinity;
  let at = Date.UTC(2026, 8, 1) + chance.int(0, 86_400) * second;
  let model = profile.models[0] ?? '';
  let effort: string = chance.pick(efforts);
  let [session, sessions, left] = ['', 0, 0];
  let project = chance.pick(person.projects);
  let thread: Thread = { context: 0, cache: new Map() };
  const shared: Cache = new Map();

  const call = (
    on: Thread,
    how: { model: string; subagent: string | null; base: number; effort: string },
  ): UserCall => {
    const output = Math.max(1, Math.round(around(person.output * (effortIndex[how.effort] ?? 1), profile.output[1])));
    const tokens = spent(on, how, output);
    on.context += output;
    return { at, subagent: how.subagent, model: how.model, tokens, pico: billed(how.model, tokens) };
  };
  const spent = (on: Thread, how: { model: string; base: number }, output: number): TokenCounts => {
    const anthropic = how.model.startsWith('claude');
    const writes = how.model !== 'gpt-5.5';
    const lifetime = anthropic ? (person.hourCache ? 60 : 5) : writes ? 30 : 6 + 8 * chance.next();
    const alive = (kept: { at: number } | undefined): boolean => kept !== undefined && at - kept.at < lifetime * minute;
    const own = on.cache.get(how.model);
    const key = `${how.model} ${project.path}`;
    const kept = alive(own) ? (own?.prefix ?? 0) : alive(shared.get(key)) ? how.base : 0;
    const prompt = on.context;
    const read = anthropic ? Math.min(kept, prompt - 10) : Math.floor(Math.min(kept, prompt) / 128) * 128;
    const tail = anthropic ? chance.int(3, 10) : writes ? Math.min(64, prompt - read) : prompt - read;
    on.cache.set(how.model, { prefix: prompt - (anthropic ? tail : 0), at });
    shared.set(key, { prefix: how.base, at });
    const write = prompt - read - tail;
    return {
      input: tail,
      cacheRead: read,
      cacheWrite5m: anthropic && person.hourCache ? 0 : write,
      cacheWrite1h: anthropic && person.hourCache ? write : 0,
      output,
      thinking: Math.round(output * person.thinks * chance.next()),
    };
  };
  const delegate = (): UserCall[] => {
    const own = { context: Math.round(person.base * 0.7) + chance.int(100, 900), cache: new Map() };
    const subagent = `a${chance.hex(8)}`;
    const how = {
      model: chance.yes(0.3) ? (profile.models.at(-1) ?? model) : model,
      subagent,
      base: person.base * 0.5,
      effort,
    };
    return Array.from({ length: Math.ceil(around(5, 0.8)) }, () => {
      at += Math.round(around(6, 0.6) * second);
      const made = call(own, { ...how, base: Math.round(how.base) });
      own.context += Math.round(around(person.growth, profile.growth[1]));
      return made;
    });
  };
  const between = (): void => {
    at += Math.round(around(profile.pause[0], profile.pause[1]) * minute) + 5 * second;
    left -= 1;
    if (left >= 0 && session !== '') return;
    // The next session may be tomorrow's, and in another project.
    if (chance.yes(0.5)) at += chance.int(10, 900) * minute;
    left = Math.floor(-Math.log(1 - chance.next()) * profile.perSession);
    sessions += 1;
    session = `${profile.name}-${seed}-${sessions}`;
    project = chance.yes(0.6) ? project : chance.pick(person.projects);
    thread = { context: person.base + project.instructions + chance.int(0, 300), cache: new Map() };
    mood = normal() * 0.4;
    model = chance.yes(0.7) ? model : chance.pick(profile.models.slice(0, 2));
  };
  const turnsOf = (hard: number): number => {
    const [, spread, runaways, tail] = profile.turns;
    const usual = person.turns * Math.exp(spread * hard + mood + habit) * (0.6 + 0.4 * (effortIndex[effort] ?? 1));
    const times = chance.yes(runaways) ? (1 - chance.next()) ** (-1 / tail) * 3 : 1;
    return Math.max(1, Math.min(400, Math.round(usual * times)));
  };
  const work = (index: number): UserTask => {
    between();
    if (chance.yes(profile.switches.model)) model = chance.pick(profile.models);
    if (chance.yes(profile.switches.effort)) effort = chance.pick(efforts);
    habit += normal() * profile.drift + (index === change ? Math.log(2) : 0);
    const hard = normal();
    const pasted = chance.yes(0.04) ? chance.int(2000, 30_000) : 0;
    const promptTokens =
      Math.max(2, Math.round(around(person.prompt, profile.prompt[1]) * Math.exp(0.3 * hard))) + pasted;
    const sent = { at, session, project: project.path, model, effort, promptTokens };
    thread.context += Math.min(promptTokens, 60_000);
    const calls: UserCall[] = [];
    const turns = turnsOf(hard);
    for (let turn = 0; turn < turns; turn += 1) {
      if (thread.context > compactAt) compact();
      calls.push(call(thread, { model, subagent: null, base: person.base, effort }));
      if (turn === turns - 1) break;
      if (chance.yes(profile.subagents / 4)) calls.push(...delegate());
      thread.context += Math.round(around(person.growth, profile.growth[1]));
      // Tests and builds run long now and then, longer than a short cache lives.
      at += Math.round(chance.yes(0.01) ? around(6, 0.5) * minute : around(9, 0.8) * second);
    }
    return { ...sent, calls, pico: calls.reduce((sum, c) => sum + c.pico, 0) };
  };
  const compact = (): void => {
    thread.context = person.base + project.instructions + chance.int(4000, 15_000);
    for (const kept of thread.cache.values()) kept.prefix = Math.min(kept.prefix, person.base);
  };
  return Array.from({ length: Math.min(atMost, chance.int(...profile.tasks)) }, (_, index) => work(index));
}
