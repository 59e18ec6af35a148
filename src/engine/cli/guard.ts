import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { capReason, capsFor, isPassed } from '../../core/guard/caps.ts';
import type { CapRule } from '../../core/guard/caps.ts';
import type { HookAdapter } from '../../core/hooks/adapter.ts';
import { hookAdapters } from '../../core/hooks/index.ts';
import type { HookEvent } from '../../core/preflight/event.ts';
import type { Finding } from '../../core/preflight/question.ts';
import { refusedText } from '../../core/preflight/refusal.ts';
import { parseJson } from '../../core/sources/json.ts';
import { sources } from '../../core/sources/index.ts';
import type { HostFacts } from '../../core/sources/source.ts';
import { ledgerPath } from '../dataFolder.ts';
import { hostFacts } from '../hostFacts.ts';
import { scanBriefly } from '../ingest/ingest.ts';
import { createDecisions } from '../ledger/decisions.ts';
import { openBriefly } from '../ledger/open.ts';
import { createCapSums } from '../preflight/caps.ts';
import type { CapSums } from '../preflight/caps.ts';
import { guardPath, readGuardFile } from '../preflight/guardFile.ts';
import type { GuardFile } from '../preflight/guardFile.ts';
import { createProjectOfSession, filesOfSession } from '../preflight/sessionPlace.ts';
import { createProjects } from '../project.ts';
import type { Output } from './output.ts';
import { cliRateCard } from './rateCard.ts';

/** Ms after the process began at which records are no longer read, and how long they are read at least. */
const readUntil = 450;
const readAtLeast = 100;
/** Ms that another writer of the ledger is waited for. */
const patience = 100;
const longestPayload = 64 * 1024 * 1024;

/** Most agents name the session's file, which tells of a session that the ledger does not know yet. */
const withRecord = z.object({ transcript_path: z.string() });

/** Answers one hook from the ledger. Always resolves to 0: whatever is wrong, the agent goes on and hears nothing. */
export async function runGuard(args: readonly string[], output: Output): Promise<number> {
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  try {
    const [agent, name] = args;
    const adapter = hookAdapters.find(({ id }) => id === agent);
    if (adapter === undefined || name === undefined || process.stdin.isTTY) return 0;
    const host = hostFacts();
    const guard = readGuardFile(guardPath(host, dirname(ledgerPath(host))));
    if (guard === null) return 0;
    const payload = parseJson(await readAll(process.stdin));
    const event = adapter.read(name, payload);
    const record = withRecord.safeParse(payload).data?.transcript_path ?? null;
    if (event !== null) await output.write(await guardReply(event, adapter, { host, guard, record }));
  } catch {
    return 0;
  }
  // A file that is still being unpacked must not keep the agent waiting.
  process.stdout.write('', end);
  return 0;
}

function end(): never {
  process.exit(0);
}

interface GuardParts {
  readonly host: HostFacts;
  readonly guard: GuardFile;
  /** Where the agent says that it keeps the session; not read outside the agents' own folders. */
  readonly record: string | null;
}

/** What the agent is told: its own form of a refusal, or '' to go on. Reads new records first, the session's before all. */
async function guardReply(event: HookEvent, adapter: HookAdapter, parts: GuardParts): Promise<string> {
  const path = ledgerPath(parts.host);
  // Nothing metered, nothing spent.
  if (!existsSync(path)) return '';
  const db = openBriefly(path, patience);
  try {
    const project = projectOf(db, event);
    const sums = createCapSums({ db, timeZone: parts.guard.timeZone });
    const hard = capsFor(parts.guard.caps, project).filter((cap) => cap.hard);
    // What is reached stays reached, whatever the records have to add.
    let findings = refusals(sums, event, hard);
    if (findings.length === 0) {
      await readNew(db, path, event, parts);
      findings = refusals(sums, event, hard);
    }
    if (findings.length === 0) return '';
    keep(db, event, project, findings);
    const outlook = null;
    const { session, kind } = event;
    const question = { agentLabel: adapter.label, kind, session, project, outlook, findings, prompt: null };
    return adapter.reply(event, { kind: 'deny', reason: refusedText(question, 'cap'), stop: true });
  } finally {
    db.close();
  }
}

async function readNew(db: DatabaseSync, path: string, event: HookEvent, parts: GuardParts): Promise<void> {
  const { card } = await cliRateCard(db, path);
  const until = Math.max(readUntil, performance.now() + readAtLeast);
  const options = {
    db,
    ledgerPath: path,
    sources,
    homes: [parts.host],
    card: () => card,
    now: Date.now,
    onChange: () => undefined,
    onScan: () => undefined,
    log: () => undefined,
  };
  const own = [...(parts.record === null ? [] : [parts.record]), ...filesOfSession(db, event)];
  // A ledger that another writer holds still tells what it knew before.
  await scanBriefly(options, [...new Set(own)], () => performance.now() >= until).catch(() => undefined);
}

function projectOf(db: DatabaseSync, event: HookEvent): string | null {
  return event.cwd === null ? createProjectOfSession(db)(event) : createProjects()(event.cwd);
}

function refusals(sums: CapSums, event: HookEvent, caps: readonly CapRule[]): readonly Finding[] {
  const states = sums.states(caps, event, Date.now());
  const ahead = { call: 0, task: 0 };
  return states
    .filter((state) => isPassed(state, ahead))
    .map((state) => ({ rule: 'cap', action: 'deny', reason: capReason(state, ahead) }));
}

function keep(db: DatabaseSync, event: HookEvent, project: string | null, found: readonly Finding[]): void {
  const { agent, session, kind } = event;
  const at = Date.now();
  try {
    const denied = { at, agent, session, project, kind, action: 'deny', choice: null, estimate: null } as const;
    createDecisions(db)(found.map(({ rule }) => ({ ...denied, rule })));
  } catch {
    // Refused all the same.
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > longestPayload) return '';
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
