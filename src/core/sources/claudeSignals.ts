import type { Fact } from '../usage.ts';
import { costStateShape, requestShape } from './claudeRecords.ts';
import type { CostState } from './claudeRecords.ts';
import { cacheWrites } from './claudeUsage.ts';
import { faultyField, instant, problem, signal } from './json.ts';

/** An `api-request` line: a call in flight. `session` stands in where the line names none. */
export function request(value: unknown, session: string, cwd: string | null): readonly Fact[] {
  const line = requestShape.safeParse(value).data;
  const at = instant(line?.timestamp ?? null);
  if (line === undefined || at === null) return [problem('a request line that cannot be read')];
  return [
    signal({
      kind: 'request',
      session: line.sessionId ?? session,
      subagent: line.agentId,
      at,
      model: line.params.model,
      effort: line.params.output_config?.effort ?? null,
      maxOutput: line.params.max_tokens ?? null,
      cwd,
    }),
  ];
}

/** A `cost-state` line: one claim per model. `at` is the newest instant before it; the line itself has only a start. */
export function claims(value: unknown, session: string, at: number | null): readonly Fact[] {
  const parsed = costStateShape.safeParse(value);
  if (!parsed.success) return [problem(`a cost-state line with an unusable ${faultyField(parsed.error)}`)];
  const { sessionId, startTime, modelUsage } = parsed.data;
  const when = at ?? startTime ?? null;
  if (when === null) return [];
  return Object.entries(modelUsage).map(([model, total]) => claim(sessionId ?? session, when, model, total));
}

function claim(session: string, at: number, model: string, total: CostState['modelUsage'][string]): Fact {
  const { w5m, w1h } = cacheWrites(
    total.cacheCreationInputTokens,
    total.cacheCreationEphemeral5mInputTokens ?? 0,
    total.cacheCreationEphemeral1hInputTokens ?? 0,
  );
  const tokens = {
    input: total.inputTokens,
    cacheRead: total.cacheReadInputTokens,
    cacheWrite5m: w5m,
    cacheWrite1h: w1h,
    output: total.outputTokens,
    thinking: total.thinkingTokens ?? null,
  };
  return signal({
    kind: 'claim',
    session,
    at,
    model,
    tokens,
    webSearches: total.webSearchRequests,
    usd: total.costUSD ?? null,
  });
}
