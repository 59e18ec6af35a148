import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { formatUsd } from '../../core/format.ts';
import { sources } from '../../core/sources/index.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { ledgerPath } from '../dataFolder.ts';
import { hostFacts } from '../hostFacts.ts';
import { scanOnce } from '../ingest/ingest.ts';
import { readDecisions } from '../ledger/decisions.ts';
import { openLedger } from '../ledger/open.ts';
import { messageOf } from '../messageOf.ts';
import { callRecord } from '../query/callRecord.ts';
import { pagesOfCalls } from '../query/calls.ts';
import { readArguments, UsageError } from './arguments.ts';
import type { Command } from './arguments.ts';
import { decisionsText } from './decisions.ts';
import { runGuard } from './guard.ts';
import { helpText } from './help.ts';
import { createOutput } from './output.ts';
import type { Output } from './output.ts';
import { cliRateCard } from './rateCard.ts';
import { readReport, scopeFor } from './report.ts';
import { printable, reportText } from './table.ts';

/** How many decisions are shown. */
const latest = 100;

/** Runs one command line and resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const output = createOutput(process.stdout);
  if (args[0] === 'guard') return runGuard(args.slice(1), output);
  try {
    const command = readArguments(args, new Intl.DateTimeFormat().resolvedOptions().timeZone);
    await run(command, output);
    return 0;
  } catch (error) {
    process.stderr.write(`burn-meter: ${printable(messageOf(error))}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(command: Command, output: Output): Promise<void> {
  if (command.name === 'help') return output.write(helpText);
  if (command.name === 'version') return output.write(`${manifest.version}\n`);
  const host = hostFacts();
  const path = command.index === null ? ledgerPath(host) : resolve(command.index);
  const { db, notice } = openLedger(path);
  if (notice !== null) process.stderr.write(`burn-meter: ${notice}\n`);
  try {
    if (command.name === 'decisions') return await output.write(decisionsText(readDecisions(db, latest), command.json));
    const { card, notice: priceNotice } = await cliRateCard(db, path);
    if (priceNotice !== null) process.stderr.write(`burn-meter: ${priceNotice}\n`);
    await scanOnce({
      db,
      ledgerPath: path,
      sources,
      homes: [host],
      card: () => card,
      now: Date.now,
      onChange: () => undefined,
      onScan: () => undefined,
      log: (level, message) => {
        if (level === 'error' || level === 'warn') process.stderr.write(`burn-meter: ${message}\n`);
      },
    });
    if (command.name === 'calls') return await writeCalls(db, command, output);
    const report = readReport(db, command);
    await output.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  } finally {
    db.close();
  }
}

async function writeCalls(db: DatabaseSync, command: Command, output: Output): Promise<void> {
  for (const page of pagesOfCalls(db, scopeFor(command))) {
    const lines = page.map((call) => {
      if (command.json) return JSON.stringify(callRecord(call));
      const cost = call.listCost === null ? 'unpriced' : formatUsd(call.listCost);
      return [new Date(call.at).toISOString(), call.agent, call.model, call.session, cost].map(printable).join('  ');
    });
    await output.write(`${lines.join('\n')}\n`);
    if (output.closed) return;
  }
}
