import { parseArgs } from 'node:util';
import { dimensions } from '../../core/query.ts';
import type { Dimension } from '../../core/query.ts';
import { dayPeriod } from '../../core/period.ts';
import type { Period } from '../../core/period.ts';
import { isTimeZone } from '../../core/zone.ts';

export interface Command {
  readonly name: 'report' | 'calls' | 'decisions' | 'help' | 'version';
  readonly json: boolean;
  /** Null where the user set no bound. */
  readonly since: number | null;
  readonly until: number | null;
  readonly by: Dimension;
  readonly timeZone: string;
  /** The ledger's file, null for the user's own. */
  readonly index: string | null;
}

/** The command line is wrong; the message is one line for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads a command line. Throws UsageError. `systemZone` is what holds without --timezone. */
export function readArguments(args: readonly string[], systemZone: string): Command {
  const { values, positionals } = parse(args);
  const name = nameOf(positionals, values);
  const timeZone = values.timezone ?? systemZone;
  if (!isTimeZone(timeZone)) throw new UsageError(`unknown time zone: ${timeZone}`);
  const since = values.since === undefined ? null : instant('--since', values.since, timeZone, 'since');
  const until = values.until === undefined ? null : instant('--until', values.until, timeZone, 'until');
  if (since !== null && until !== null && since > until) throw new UsageError('--since is later than --until');
  if (values.by !== undefined && name !== 'report') throw new UsageError('--by goes with report');
  if (name === 'decisions' && (since ?? until) !== null)
    throw new UsageError('decisions shows the latest; it takes no period');
  const by = dimensions.find((d) => d === (values.by ?? 'model'));
  if (by === undefined) throw new UsageError(`--by takes one of ${dimensions.join(', ')}`);
  if (values.index === '') throw new UsageError('--index takes the path of a file');
  return { name, json: values.json ?? false, since, until, by, timeZone, index: values.index ?? null };
}

function parse(args: readonly string[]): ReturnType<typeof parseKnown> {
  try {
    return parseKnown(args);
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(/\n|\. To /)[0] ?? '') : String(error));
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- parseArgs infers it from the options
function parseKnown(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      since: { type: 'string' },
      until: { type: 'string' },
      by: { type: 'string' },
      timezone: { type: 'string' },
      index: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'V' },
    },
  });
}

function nameOf(positionals: readonly string[], values: { help?: boolean; version?: boolean }): Command['name'] {
  if (values.version === true) return 'version';
  if (values.help === true) return 'help';
  const [name, extra] = positionals;
  if (extra !== undefined) throw new UsageError(`unexpected argument: ${extra}`);
  if (name === 'report' || name === 'calls' || name === 'decisions' || name === 'help') return name;
  throw new UsageError(
    name === undefined ? 'a command is missing; see --help' : `unknown command: ${name}; see --help`,
  );
}

// Without a zone of its own an instant would mean another moment on every machine.
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** A day means its first instant for --since and the one after its last for --until. */
function instant(option: string, text: string, timeZone: string, edge: keyof Period): number {
  const at = iso.test(text) ? Date.parse(text) : dayPeriod(text, timeZone)[edge];
  if (Number.isNaN(at)) {
    throw new UsageError(`${option} takes a day (2026-11-21) or an instant (2026-11-21T10:00:00Z), not: ${text}`);
  }
  return at;
}
