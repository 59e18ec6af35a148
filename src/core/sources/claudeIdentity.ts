import type { UsageEvent } from '../usage.ts';
import type { Assistant } from './claudeRecords.ts';

/**
 * Which billed call a line is of. A response is written once per content block and copied into resumed and branched
 * sessions, always with its message and request ids.
 *
 * - Both ids: the call is their pair.
 * - A side chain may be a subagent's own call, or a side question that replays the parent's messages under new request
 *   ids; a line without request id may be either too. So these are replays, which yield to another record of their message id.
 * - Some gateways give every answer the same message id; only Anthropic's own (`msg_…`) name one call for sure. Without
 *   request id theirs is scoped by session and time, that of the first block (see `sameAnswer` in claudeParser.ts).
 */
export function identify(line: Assistant, session: string, at: number): Pick<UsageEvent, 'id' | 'group' | 'replay'> {
  const { message, requestId } = line;
  if (message.id === null) return alone(requestId ?? line.forkedFrom?.messageUuid ?? line.uuid ?? `${session}:${at}`);
  const genuine = message.id.startsWith('msg_');
  if (requestId === null && !genuine) return alone(`${message.id}:${session}:${at}`);
  const group = `claude:${message.id}`;
  if (requestId === null) return { id: group, group, replay: true };
  return { id: `${group}:${requestId}`, group, replay: line.isSidechain && genuine };
}

function alone(key: string): Pick<UsageEvent, 'id' | 'group' | 'replay'> {
  return { id: `claude:${key}`, group: `claude:${key}`, replay: false };
}

/** The vendor behind a model id: Bedrock's have a region or version part, Vertex's an `@`. */
export function providerOf(model: string): string {
  if (/^arn:aws|(^|[./])anthropic\.|-v\d+:\d+$/.test(model)) return 'aws';
  return model.includes('@') ? 'google' : 'anthropic';
}
