import type { DatabaseSync } from 'node:sqlite';
import { callEstimate } from '../core/forecast/estimate.ts';
import type { Estimate } from '../core/forecast/estimate.ts';
import { inFlightVerdict, requestKey } from '../core/guard/inFlight.ts';
import type { InFlightWarning } from '../core/protocol.ts';
import { sources } from '../core/sources/index.ts';
import { inFolders } from './glance.ts';
import type { Foreteller } from './preflight/foretell.ts';
import { readLiveSessions } from './query/sessions.ts';
import type { LiveSession } from './query/sessions.ts';
import { agentLabel } from './query/sourceGlances.ts';

/** A request seen later than this is history read from a backlog, not a call in flight. */
const freshFor = 30_000;
const sessionsAtMost = 20;
const remembered = 1000;

export interface InFlightOptions {
  /** A read-only connection. */
  readonly db: DatabaseSync;
  /** USD from which a call is worth a word; 0 is off. */
  readonly warnAbove: () => number;
  /** Roots of the window's projects, absolute. */
  readonly folders: () => readonly string[];
  readonly foreteller: Foreteller;
}

/** Finds calls in flight that are worth a warning; each is told once. `now` is ms since the epoch. */
export function createInFlight({
  db,
  foreteller,
  ...options
}: InFlightOptions): (now: number) => readonly InFlightWarning[] {
  const judged = new Set<string>();
  return (now) => {
    const warnAbove = options.warnAbove();
    if (warnAbove <= 0) return [];
    const requests = readLiveSessions(db, now - freshFor, now + freshFor, sessionsAtMost);
    return requests.flatMap((request) => {
      if (request.kind !== 'request') return [];
      const key = requestKey(request);
      const estimate = judged.has(key) ? null : estimateOf(foreteller, request);
      const warns = estimate !== null && inFlightVerdict(estimate, warnAbove, key, judged).level === 'warning';
      judged.add(key);
      const [eldest] = judged.size > remembered ? judged : [];
      if (eldest !== undefined) judged.delete(eldest);
      return warns ? [warningOf(request, estimate, options.folders())] : [];
    });
  };
}

interface CallEstimate extends Estimate {
  readonly model: string;
}

function estimateOf(foreteller: Foreteller, request: LiveSession): CallEstimate | null {
  const next = foreteller.inFlight(request);
  return next && { ...callEstimate(next), model: next.model };
}

function warningOf(
  request: LiveSession,
  { usd, reasons, model }: CallEstimate,
  folders: readonly string[],
): InFlightWarning {
  return {
    session: request.session,
    agentLabel: agentLabel(sources, request.agent),
    model,
    project: request.project,
    estimate: usd,
    reasons,
    inWindow: inFolders(request.project, folders),
  };
}
