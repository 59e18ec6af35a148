import type { AppliedRate, Components } from '../../src/core/pricing/charge.ts';
import { dimensions } from '../../src/core/query.ts';
import type {
  Answers,
  Breakdown,
  CallDetail,
  CallPart,
  Filter,
  Group,
  PriceRow,
  Query,
  Span,
} from '../../src/core/query.ts';
import { dayKey, hourKey } from '../../src/core/period.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { Totals } from '../../src/core/totals.ts';
import { addTokens, promptTokens } from '../../src/core/usage.ts';
import { createChance } from '../demo/chance.mjs';
import { noTotals } from './snapshot.ts';

// A believable month for the panel's own tests: a few hundred priced calls from a seed, and an engine that answers the
// panel's questions from them. Its zone is UTC. One project, branch and session carry hostile names.

export const panelNow = Date.UTC(2026, 10, 21, 10, 42);
const hostileName = '<img src=x onerror="window.hacked=1">';
const day = 86_400_000;

/** USD per million: input, cache read, 5 min write, 1 h write, output. */
const usdPerMillion: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
  'claude-opus-5-5': [5, 0.5, 6.25, 10, 25],
  'claude-sonnet-5-1': [3, 0.3, 3.75, 6, 15],
  'claude-haiku-5-5': [1, 0.1, 1.25, 2, 5],
  'gpt-5.5': [5, 0.5, 5, 5, 30],
  'gpt-5.5-mini': [0.6, 0.06, 0.6, 0.6, 4],
};
const unknownModel = 'nightjar-preview';

function rateOf(model: string, residency: boolean): AppliedRate | null {
  const usd = usdPerMillion[model];
  if (usd === undefined) return null;
  const [input, cacheRead, cacheWrite5m, cacheWrite1h, output] = usd.map((x) => Math.round(x * 1e6));
  const provider = model.startsWith('gpt') ? 'openai' : 'anthropic';
  return {
    id: `${provider}/${model}@2026-09-01${residency ? '*us' : ''}`,
    provider,
    model,
    perToken: {
      input: input ?? 0,
      cacheRead: cacheRead ?? 0,
      cacheWrite5m: cacheWrite5m ?? 0,
      cacheWrite1h: cacheWrite1h ?? 0,
      output: output ?? 0,
    },
    perSearch: 10_000_000_000,
    factors: residency ? [{ name: 'US residency', num: 11, den: 10 }] : [],
    longContextAbove: null,
    from: '2026-09-01',
    source:
      provider === 'openai' ? 'https://openai.com/api/pricing' : 'https://docs.claude.com/en/docs/about-claude/pricing',
    sourceDate: '2026-11-02',
  };
}

function partOf(model: string, tokens: CallPart['tokens'], webSearches: number, residency: boolean): CallPart {
  const rate = rateOf(model, residency);
  if (rate === null) return { model, tokens, listCost: null, components: null, rate };
  const [num, den] = residency ? [11n, 10n] : [1n, 1n];
  const cost = (name: keyof AppliedRate['perToken']): bigint =>
    (BigInt(tokens[name]) * BigInt(rate.perToken[name]) * num) / den;
  const pico = {
    input: cost('input'),
    cacheRead: cost('cacheRead'),
    cacheWrite5m: cost('cacheWrite5m'),
    cacheWrite1h: cost('cacheWrite1h'),
    output: cost('output'),
    fees: BigInt(webSearches) * BigInt(rate.perSearch),
  } satisfies Components;
  const sum = Object.values(pico).reduce((a, b) => a + b, 0n);
  const components = {
    input: String(pico.input),
    cacheRead: String(pico.cacheRead),
    cacheWrite5m: String(pico.cacheWrite5m),
    cacheWrite1h: String(pico.cacheWrite1h),
    output: String(pico.output),
    fees: String(pico.fees),
  };
  return {
    model,
    tokens,
    listCost: Number(sum) / 1e12,
    components,
    rate,
  };
}

const projects = [
  '/home/ada/src/orders-api',
  '/home/ada/src/shop-web',
  '/home/ada/src/infra',
  `/home/ada/src/${hostileName}`,
];
const branches = ['main', 'feature/checkout-retry', 'fix/rounding', hostileName];
const titles = [
  'Retry failed payments with back-off',
  'Why is the cart total off by a cent?',
  'Move the queue workers to arm64',
  'Write tests for the discount rules',
  'Upgrade to the new router',
  'Review the migration plan',
  hostileName,
];

interface SeedSession {
  readonly id: string;
  readonly title: string;
  readonly agent: 'claude' | 'codex';
  readonly project: string;
  readonly branch: string;
  readonly model: string;
}

/** The last `days` days of calls, oldest first. */
export function seedCalls(seed: number, days = 40): CallDetail[] {
  const { next } = createChance(seed);
  /** The first of a list are the likeliest. */
  const pick = <T extends string>(list: readonly T[]): T => {
    const picked = list[Math.floor(next() ** 1.6 * list.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
  const calls: CallDetail[] = [];
  for (let d = days - 1; d >= 0; d--) {
    const date = new Date(panelNow - d * day);
    const busy = date.getUTCDay() % 6 === 0 ? 0.25 : 1;
    const sessions = Math.round(busy * (1 + next() * 3));
    for (let s = 0; s < sessions; s++) {
      const agent = next() < 0.68 ? 'claude' : 'codex';
      const session: SeedSession = {
        id: `${agent}-${date.toISOString().slice(0, 10)}-${s}`,
        title: pick(titles),
        agent,
        project: pick(projects),
        branch: pick(branches),
        model:
          agent === 'codex'
            ? pick(['gpt-5.5', 'gpt-5.5-mini'])
            : pick(['claude-opus-5-5', 'claude-sonnet-5-1', 'claude-haiku-5-5']),
      };
      const start = Math.floor(panelNow / day) * day - d * day + (6 + next() * 3.5) * 3_600_000;
      calls.push(...sessionCalls(session, start, 4 + Math.floor(next() * 14), next, calls.length));
    }
  }
  return calls.filter((c) => c.at <= panelNow).toSorted((a, b) => a.at - b.at);
}

function sessionCalls(s: SeedSession, start: number, count: number, next: () => number, base: number): CallDetail[] {
  let context = 18_000 + Math.floor(next() * 9_000);
  let at = start;
  return Array.from({ length: count }, (_, i) => {
    at += 15_000 + Math.floor(next() ** 2 * 420_000);
    const grown = 900 + Math.floor(next() * 9_000);
    const output = 120 + Math.floor(next() ** 2 * 5_200);
    const codex = s.agent === 'codex';
    const tokens = {
      input: codex ? grown : 4 + Math.floor(next() * 40),
      cacheRead: i === 0 ? 0 : context,
      cacheWrite5m: codex ? 0 : i === 0 ? context : grown,
      cacheWrite1h: 0,
      output,
      thinking: Math.floor(output * (0.2 + next() * 0.5)),
    };
    context += grown + output;
    const subagent = !codex && next() < 0.08 ? 'explore' : null;
    const model = next() < 0.012 ? unknownModel : subagent === null ? s.model : 'claude-haiku-5-5';
    const webSearches = next() < 0.03 ? 1 + Math.floor(next() * 3) : 0;
    const part = partOf(model, tokens, webSearches, next() < 0.05);
    return {
      id: base + i + 1,
      key: `${s.agent}:${s.id}:${i}`,
      at,
      agent: s.agent,
      model,
      project: s.project,
      branch: s.branch,
      session: `${s.id}|${s.title}`,
      subagent,
      effort: codex ? 'high' : null,
      speed: 'standard',
      tier: 'standard',
      region: part.rate?.factors.length ? 'us' : null,
      webSearches,
      quality: 'exact',
      tokens,
      listCost: part.listCost,
      parts: [part],
      file: `/home/ada/.${s.agent}/records/${s.id}.jsonl`,
      line: i * 3 + 2,
      offset: i * 2_048,
    } satisfies CallDetail;
  });
}

function totalsOf(calls: readonly CallDetail[]): Totals {
  return calls.reduce<Totals>((sum, c) => {
    const size = promptTokens(c.tokens) + c.tokens.output;
    const { unpriced } = sum;
    return {
      calls: sum.calls + 1,
      tokens: { ...addTokens(sum.tokens, c.tokens), thinking: sum.tokens.thinking + (c.tokens.thinking ?? 0) },
      listCost: sum.listCost + (c.listCost ?? 0),
      outOfPocket: null,
      webSearches: sum.webSearches + c.webSearches,
      unpriced:
        c.listCost === null
          ? {
              calls: unpriced.calls + 1,
              tokens: unpriced.tokens + size,
              models: [...new Set([...unpriced.models, c.model])],
            }
          : unpriced,
    };
  }, noTotals);
}

const agentLabels: Readonly<Record<string, string>> = { claude: 'Claude Code', codex: 'Codex' };

const valueIn = {
  model: (c: CallDetail) => c.model,
  agent: (c: CallDetail) => c.agent,
  project: (c: CallDetail) => c.project ?? '',
  branch: (c: CallDetail) => c.branch ?? '',
  session: (c: CallDetail) => c.session,
  day: (c: CallDetail) => dayKey(c.at, 'UTC'),
  hour: (c: CallDetail) => hourKey(c.at, 'UTC'),
};

function labelIn(dimension: keyof typeof valueIn, key: string): string {
  if (dimension === 'agent') return agentLabels[key] ?? key;
  if (dimension === 'project') return key.slice('/home/ada/src/'.length);
  if (dimension === 'session') return key.slice(key.indexOf('|') + 1);
  if (dimension === 'day')
    return new Date(`${key}T00:00Z`).toLocaleDateString('en', {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    });
  return key;
}

function groupsOf(calls: readonly CallDetail[], dimension: keyof typeof valueIn): Group[] {
  const byKey = new Map<string, CallDetail[]>();
  for (const call of calls) {
    const key = valueIn[dimension](call);
    byKey.set(key, [...(byKey.get(key) ?? []), call]);
  }
  const groups = [...byKey].map(([key, members]) => ({
    key,
    label: labelIn(dimension, key),
    totals: totalsOf(members),
    firstAt: members[0]?.at ?? 0,
    lastAt: members.at(-1)?.at ?? 0,
  }));
  return groups.toSorted((a, b) => b.totals.listCost - a.totals.listCost);
}

function periodOf(span: Span, first: number): { since: number; until: number } {
  const midnight = Math.floor(panelNow / day) * day;
  if (typeof span === 'object') return { since: Date.parse(span.from), until: Date.parse(span.to) + day };
  const since = {
    today: midnight,
    '7d': midnight - 6 * day,
    '30d': midnight - 29 * day,
    month: Date.UTC(2026, 10, 1),
    all: Math.floor(first / day) * day,
  };
  return { since: since[span], until: midnight + day };
}

function breakdownOf(all: readonly CallDetail[], query: Extract<Query, { kind: 'breakdown' }>): Breakdown {
  const period = periodOf(query.span, all[0]?.at ?? panelNow);
  const length = period.until - period.since;
  const matching = narrow(all, query.filter);
  const within = (since: number, until: number): CallDetail[] => matching.filter((c) => c.at >= since && c.at < until);
  const calls = within(period.since, period.until);
  const bucket = length <= 2 * day ? 'hour' : 'day';
  const step = bucket === 'hour' ? day / 24 : day;
  const buckets = Array.from({ length: Math.ceil(length / step) }, (_, i) => {
    const at = period.since + i * step;
    const options =
      bucket === 'hour'
        ? ({ hour: '2-digit', minute: '2-digit', hour12: false } as const)
        : ({ month: 'short', day: 'numeric' } as const);
    return { at, label: new Date(at).toLocaleString('en', { ...options, timeZone: 'UTC' }) };
  });
  const series = groupsOf(calls, query.stack).map(({ key, label }) => ({
    key,
    label,
    values: buckets.map(({ at }) =>
      calls
        .filter((c) => valueIn[query.stack](c) === key && c.at >= at && c.at < at + step)
        .reduce((sum, c) => sum + (c.listCost ?? 0), 0),
    ),
  }));
  const table = (dimension: keyof typeof valueIn): Group[] => groupsOf(calls, dimension);
  return {
    period,
    totals: totalsOf(calls),
    previous: query.span === 'all' ? null : totalsOf(within(period.since - length, period.since)),
    chart: { bucket, buckets, series },
    tables: {
      model: table('model'),
      agent: table('agent'),
      project: table('project'),
      branch: table('branch'),
      session: table('session'),
      day: table('day'),
    },
  };
}

function narrow(calls: readonly CallDetail[], filter: Filter): CallDetail[] {
  const wanted = dimensions.filter((d) => filter[d] !== undefined);
  return calls.filter((c) => wanted.every((dimension) => valueIn[dimension](c) === filter[dimension]));
}

function pricesOf(): PriceRow[] {
  return Object.keys(usdPerMillion).flatMap((model) => {
    const rate = rateOf(model, false);
    if (rate === null) return [];
    const [input = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, output = 0] = usdPerMillion[model] ?? [];
    const { provider, from, longContextAbove, source, sourceDate } = rate;
    return [
      {
        provider,
        model,
        from,
        longContextAbove,
        input,
        output,
        cacheRead,
        cacheWrite5m,
        cacheWrite1h,
        source,
        sourceDate,
      },
    ];
  });
}

/** What the engine would answer. */
export function answerFrom(calls: readonly CallDetail[], query: Query): Answers[Query['kind']] {
  switch (query.kind) {
    case 'breakdown':
      return breakdownOf(calls, query);
    case 'calls': {
      const { since, until } = periodOf(query.span, calls[0]?.at ?? panelNow);
      const found = narrow(calls, query.filter)
        .filter((c) => c.at >= since && c.at < until)
        .toReversed();
      return { total: found.length, calls: found.slice(query.offset, query.offset + query.limit) };
    }
    case 'call':
      return calls.find((c) => c.id === query.id) ?? null;
    case 'projection':
      return {
        month: 'November 2026',
        toDate: 212.4,
        projected: 318.9,
        perActiveDay: 11.8,
        activeDays: 18,
        daysLeft: 9,
        tasksPerActiveDay: 34.5,
        tier: 'builder',
        basis: '18 active days so far at $11.80 each, and 9 days left of which 86 % are expected to be active.',
      };
    case 'problems':
      return {
        total: 2,
        problems: [
          { agent: 'claude', file: '/home/ada/.claude/projects/x/a.jsonl', line: 812, reason: 'usage without a model' },
          { agent: 'codex', file: `/home/ada/.codex/${hostileName}.jsonl`, line: 3, reason: hostileName },
        ],
      };
    case 'prices':
      return { rows: pricesOf(), refreshedAt: null };
    case 'export':
      break;
  }
  return { path: query.path, calls: calls.length };
}

export function snapshotOf(calls: readonly CallDetail[], changes: Partial<Snapshot> = {}): Snapshot {
  const since = (at: number): Totals => totalsOf(calls.filter((c) => c.at >= at));
  const midnight = Math.floor(panelNow / day) * day;
  const source = (agent: string) => {
    const own = calls.filter((c) => c.agent === agent);
    const lastAt = own.at(-1)?.at ?? null;
    return {
      agent,
      label: agentLabels[agent] ?? agent,
      files: 40,
      bytes: 9e7,
      calls: own.length,
      problems: 1,
      lastAt,
      notRecordedUsd: 0,
    };
  };
  return {
    at: panelNow,
    timeZone: 'UTC',
    host: '',
    today: since(midnight),
    week: since(midnight - 6 * day),
    month: since(Date.UTC(2026, 10, 1)),
    burnRate: 3.1,
    session: null,
    active: [],
    lastTurn: null,
    subscription: false,
    budget: null,
    scan: { state: 'idle', filesDone: 80, filesTotal: 80, bytesDone: 1.8e8, bytesTotal: 1.8e8 },
    lastCallAt: calls.at(-1)?.at ?? null,
    sources: [source('claude'), source('codex')],
    problems: 2,
    preflight: { agents: [], snoozedUntil: 0 },
    ...changes,
  };
}
