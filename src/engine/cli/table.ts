import { formatBytes, formatCount, formatUsd } from '../../core/format.ts';
import { callCount } from '../../core/statusText.ts';
import type { Totals } from '../../core/totals.ts';
import { untranslated } from '../../core/translate.ts';
import type { Report } from './report.ts';

/** The report for people: one row per group, the total below, then what the figures leave out. */
export function reportText(report: Report): string {
  const rows = report.groups.map((g) => row(g.key === '' ? '(none)' : g.key, g.totals));
  const head = [report.by, 'calls', 'input', 'cache read', 'cache write', 'output', 'list value'];
  const lines = table([head, ...rows, row('total', report.totals)]);
  return [...lines, '', ...notes(report)].map((line) => `${line.trimEnd()}\n`).join('');
}

function row(name: string, { calls, tokens: t, listCost }: Totals): readonly string[] {
  const counts = [calls, t.input, t.cacheRead, t.cacheWrite5m + t.cacheWrite1h, t.output];
  return [printable(name), ...counts.map((n) => formatCount(n)), formatUsd(listCost)];
}

/** Names come from records: what would steer a terminal is not printed. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return rows.map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}

function notes({ totals, sources, problems, period }: Report): readonly string[] {
  const { calls, tokens, models } = totals.unpriced;
  const unpriced =
    calls === 0
      ? []
      : [
          `Unpriced: ${callCount(calls, untranslated)}, ${formatCount(tokens)} tokens (${models.map(printable).join(', ')})`,
        ];
  const hidden = sources
    .filter((s) => s.notRecorded.listCost > 0)
    .map((s) => `Not recorded by ${s.agent}, but proven by its own totals: ${formatUsd(s.notRecorded.listCost)}`);
  const read = sources.map(
    (s) => `${s.agent}: ${callCount(s.calls, untranslated)} in ${formatCount(s.files)} files (${formatBytes(s.bytes)})`,
  );
  const faults = problems.map((p) => `Problem: ${printable(p.file)}:${p.line}: ${printable(p.reason)}`);
  return [...unpriced, ...hidden, ...read, `Times in ${period.timezone}. List value in USD.`, ...faults];
}
