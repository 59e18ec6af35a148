import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { defaultRateCard } from '../../../src/core/pricing/defaultCard.ts';
import { sources } from '../../../src/core/sources/index.ts';
import { scanOnce } from '../../../src/engine/ingest/ingest.ts';
import { openLedger } from '../../../src/engine/ledger/open.ts';
import { tempFolder } from '../../support/ledgerBench.ts';
import { recordFiles } from '../../support/readHome.ts';
import { writeRecords } from '../../support/records.ts';
import { said, tellingRecords } from '../../support/tellingRecords.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** Every byte that a scan of these homes leaves in the data folder, and what it logs. */
async function kept(homes: readonly string[], folder: string): Promise<Buffer> {
  const ledger = join(folder, 'ledger.db');
  const { db } = openLedger(ledger);
  const card = defaultRateCard({ overrides: {}, aliases: {} });
  const logged: string[] = [];
  await scanOnce({
    db,
    ledgerPath: ledger,
    sources,
    homes: homes.map((home) => ({ platform: 'linux', home, env: {} })),
    card: () => card,
    now: () => Date.UTC(2026, 10, 22),
    onChange: () => undefined,
    onScan: () => undefined,
    log: (level, message) => logged.push(`${level} ${message}`),
  });
  // Read while it is open, so that the log beside the ledger is there too.
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  db.close();
  return Buffer.concat([...files, readFileSync(ledger), Buffer.from(logged.join('\n'))]);
}

/** Each text of three words or more that a record holds; no id, path or name of ours is one. */
function sentences(file: string): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && /\S\s+\S+\s+\S/.test(value.slice(0, 80))) found.add(value.slice(0, 80));
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') visit(JSON.parse(line));
  return [...found];
}

describe('the ledger and the log', function () {
  this.timeout(60_000);
  let temp: ReturnType<typeof tempFolder>;
  beforeEach(() => (temp = tempFolder()));
  afterEach(() => temp.remove());

  it('keep no word of a prompt, an answer, a command or an output, not even of what cannot be read', async () => {
    const home = join(temp.path, 'home');
    writeRecords(home, tellingRecords);
    const data = await kept([home], join(temp.path, 'data'));
    assert.ok(!data.includes(said));
    // It was all read: the calls are there, and what is wrong with the others.
    for (const word of ['claude:msg_4', 'msg_8', 'gpt-5.5', '/home/kim/shop', 'plus', 'a line that is not JSON']) {
      assert.ok(data.includes(word), word);
    }
    const db = new DatabaseSync(join(temp.path, 'data/ledger.db'), { readOnly: true });
    const count = (table: string) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
    assert.deepEqual([count('call'), count('problem')], [3, 6]);
    db.close();
  });

  it('keep no sentence of the real clients’ records', async () => {
    const homes = globSync('*/real/*/home', { cwd: fixtures }).map((home) => join(fixtures, home));
    const texts = new Set(homes.flatMap((home) => recordFiles(home)).flatMap(({ path }) => sentences(path)));
    assert.ok(texts.size > 300, `${texts.size} texts to look for`);
    const data = await kept(homes, temp.path);
    assert.deepEqual(
      [...texts].filter((text) => data.includes(text)),
      [],
    );
  });
});
