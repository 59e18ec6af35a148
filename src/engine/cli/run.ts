import { dirname, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { defaultRateCard } from '../../core/pricing/defaultCard.ts';
import type { RateCard } from '../../core/pricing/rateCard.ts';
import { formatUsd } from '../../core/format.ts';
import { sources } from '../../core/sources/index.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { ledgerPath } from '../dataFolder.ts';
import { hostFacts } from '../hostFacts.ts';
import { scanOnce } from '../ingest/ingest.ts';
import { openLedger } from '../ledger/open.ts';
import { messageOf } from '../messageOf.ts';
import { loadPrices } from '../priceRefresh.ts';
import { readPricedBy } from '../prices.ts';
import { callRecord } from '../query/callRecord.ts';
import { pagesOfCalls } from '../query/calls.ts';
import { readArguments, UsageError } from './arguments.ts';
import type { Command } from './arguments.ts';
import { helpText } from './help.ts';
import { createOutput } from './output.ts';
import type { Output } from './output.ts';
import { readReport, scopeFor } from './report.ts';
import { printable, reportText } from './table.ts';

/** Runs one command line and resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const output = createOutput(process.stdout);
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
    const card = await rateCardOf(db, path);
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

/** The editors' engine leaves the user's own prices in the ledger and fetched ones beside it; --index may have neither. */
async function rateCardOf(db: DatabaseSync, path: string): Promise<RateCard> {
  const { priceOverrides, modelAliases } = readPricedBy(db);
  const { prices, notice } = await loadPrices(dirname(path));
  if (notice !== null) process.stderr.write(`burn-meter: ${notice}\n`);
  return defaultRateCard({ overrides: priceOverrides, aliases: modelAliases, refreshed: prices?.table ?? null });
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
