import * as z from 'zod';
import type { FromEngine } from '../core/protocol.ts';

// Schemas compiled to code save microseconds a message and cost the first one milliseconds of the host's time.
z.config({ jitless: true });

// Engine and extension ship in one package, so the check is light: enough that a half-written or foreign message is a
// line in the log rather than an exception in a view.
const totals = z.looseObject({
  calls: z.number(),
  listCost: z.number(),
  unpriced: z.looseObject({ calls: z.number() }),
});
const spread = z.looseObject({ median: z.number(), p90: z.number() });
const question = z.looseObject({
  agentLabel: z.string(),
  kind: z.enum(['prompt', 'nextCall', 'subagent']),
  session: z.string(),
  project: z.string().nullable(),
  outlook: z
    .looseObject({
      model: z.string(),
      call: spread.extend({ worst: z.number().nullable() }),
      task: spread,
      basis: z.looseObject({ tasks: z.number(), like: z.string() }),
      reasons: z.array(z.string()),
    })
    .nullable(),
  findings: z.array(z.looseObject({ rule: z.string(), reason: z.string() })),
  prompt: z.string().nullable(),
});
const shape = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('snapshot'),
    snapshot: z.looseObject({
      at: z.number(),
      timeZone: z.string(),
      today: totals,
      week: totals,
      month: totals,
      active: z.array(z.looseObject({ session: z.string() })),
      sources: z.array(z.looseObject({ agent: z.string() })),
      scan: z.looseObject({ state: z.enum(['idle', 'scanning', 'cancelled']) }),
      preflight: z.looseObject({ agents: z.array(z.looseObject({ label: z.string() })), snoozedUntil: z.number() }),
    }),
  }),
  z.looseObject({ type: z.literal('answer'), id: z.int() }),
  z.looseObject({ type: z.literal('failure'), id: z.int(), message: z.string() }),
  z.looseObject({
    type: z.literal('warning'),
    warning: z.looseObject({ session: z.string(), estimate: z.number(), reasons: z.array(z.string()) }),
  }),
  z.looseObject({ type: z.literal('ask'), id: z.int(), question }),
  z.looseObject({ type: z.literal('askOver'), id: z.int() }),
  z.looseObject({ type: z.literal('advice'), question }),
  z.looseObject({ type: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
  z.looseObject({
    type: z.literal('log'),
    level: z.enum(['trace', 'debug', 'info', 'warn', 'error']),
    message: z.string(),
  }),
]);

/** A message of the engine, or null when it is none. */
export function parseFromEngine(message: unknown): FromEngine | null {
  return isFromEngine(message) ? message : null;
}

function isFromEngine(message: unknown): message is FromEngine {
  return shape.safeParse(message).success;
}
