// Which part of a prompt the fake provider has in its cache, as the vendors document theirs.
import { createHash } from 'node:crypto';
import { tokensOf } from './json.ts';
import type { Piece } from './pieces.ts';
import type { Bill } from './record.ts';

type Prompt = Pick<Bill, 'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'>;

const ms = { '5m': 300_000, '1h': 3_600_000 };
/** The shortest prefix that is cached, tokens. */
const shortest = 1024;
/** How far before a mark Anthropic looks for a cached prefix, blocks. */
const lookBack = 20;

interface Prefix {
  readonly hash: string;
  /** Tokens up to here. */
  readonly tokens: number;
  readonly cache: Piece['cache'];
}

function prefixesOf(model: string, pieces: readonly Piece[]): readonly Prefix[] {
  let hash = model;
  let tokens = 0;
  return pieces.map(({ role, json, cache }) => {
    hash = createHash('sha256').update(`${hash}\n${role}\n${json}`).digest('hex');
    tokens += tokensOf(json);
    return { hash, tokens, cache };
  });
}

/** Anthropic's cache: marks write it and say for how long; a read renews it. */
export function createMarkedCache() {
  const kept = new Map<string, { ttl: number; until: number }>();
  const alive = (prefix: Prefix, now: number): boolean => (kept.get(prefix.hash)?.until ?? 0) > now;
  return (model: string, pieces: readonly Piece[], now: number): Prompt => {
    const prefixes = prefixesOf(model, pieces);
    const marks = prefixes.flatMap((prefix, at) => (prefix.cache === null ? [] : [at]));
    const hit = marks
      .flatMap((at) => prefixes.slice(Math.max(0, at - lookBack + 1), at + 1))
      .filter((prefix) => alive(prefix, now))
      .reduce((most, { tokens }) => Math.max(most, tokens), 0);
    for (const { hash, tokens } of prefixes) {
      const entry = kept.get(hash);
      if (entry !== undefined && tokens <= hit && entry.until > now) entry.until = now + entry.ttl;
    }
    const written = { '5m': 0, '1h': 0 };
    let covered = hit;
    for (const { hash, tokens, cache } of prefixes) {
      if (cache === null || tokens < shortest) continue;
      written[cache] += Math.max(0, tokens - covered);
      covered = Math.max(covered, tokens);
      if ((kept.get(hash)?.until ?? 0) <= now) kept.set(hash, { ttl: ms[cache], until: now + ms[cache] });
    }
    const total = prefixes.at(-1)?.tokens ?? 0;
    return { input: total - covered, cacheRead: hit, cacheWrite5m: written['5m'], cacheWrite1h: written['1h'] };
  };
}

/** OpenAI's and Google's: what an earlier prompt began with too, in steps of 128 tokens, unasked. */
export function createPrefixCache() {
  const seen = new Set<string>();
  return (model: string, pieces: readonly Piece[]): Prompt => {
    const prefixes = prefixesOf(model, pieces);
    const common = prefixes.findLast(({ hash }) => seen.has(hash))?.tokens ?? 0;
    for (const { hash } of prefixes) seen.add(hash);
    const cacheRead = common < shortest ? 0 : Math.floor(common / 128) * 128;
    const total = prefixes.at(-1)?.tokens ?? 0;
    return { input: total - cacheRead, cacheRead, cacheWrite5m: 0, cacheWrite1h: 0 };
  };
}
