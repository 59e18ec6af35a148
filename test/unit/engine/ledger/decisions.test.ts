import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createDecisions, isSessionAllowed, readDecisions } from '../../../../src/engine/ledger/decisions.ts';
import type { Decision } from '../../../../src/engine/ledger/decisions.ts';
import { openBriefly, openLedger } from '../../../../src/engine/ledger/open.ts';
import { migrations } from '../../../../src/engine/ledger/schema.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';

const sent: Decision = {
  at: 1000,
  agent: 'owl',
  session: 's1',
  project: '/home/kim/shop',
  kind: 'prompt',
  rule: 'heavyTask',
  action: 'ask',
  choice: 'send',
  estimate: 2.4,
};
const refused: Decision = {
  ...sent,
  at: 2000,
  project: null,
  rule: 'cap',
  action: 'deny',
  choice: null,
  estimate: null,
};

describe('decisions', () => {
  let temp: ReturnType<typeof tempFolder>;
  let path: string;
  beforeEach(() => {
    temp = tempFolder();
    path = join(temp.path, 'ledger.db');
  });
  afterEach(() => temp.remove());

  it('are kept as they were made, the latest first', () => {
    const { db } = openLedger(path);
    const keep = createDecisions(db);
    keep([sent, { ...sent, at: 1500.4, estimate: 12_345.678901234 }]);
    keep([refused]);
    assert.deepEqual(readDecisions(db, 10), [refused, { ...sent, at: 1500, estimate: 12_345.678901234 }, sent]);
    assert.deepEqual(readDecisions(db, 1), [refused]);
    db.close();
  });

  it('tell of a session that is allowed for good', () => {
    const { db } = openLedger(path);
    const keep = createDecisions(db);
    keep([sent]);
    assert.equal(isSessionAllowed(db, sent), false);
    keep([{ ...sent, choice: 'always' }]);
    const sessions = [sent, { agent: 'owl', session: 's2' }, { agent: 'kite', session: 's1' }];
    assert.deepEqual(
      sessions.map((session) => isSessionAllowed(db, session)),
      [true, false, false],
    );
    db.close();
  });

  for (const open of [(file: string) => openLedger(file).db, (file: string) => openBriefly(file, 100)]) {
    it(`find room in a ledger from before there were any (${open.toString().includes('openBriefly') ? 'briefly' : 'whole'})`, () => {
      const old = new DatabaseSync(path);
      old.exec(`${migrations[0]}; INSERT INTO project (path) VALUES ('/home/kim/shop'); PRAGMA user_version = 1`);
      old.close();
      const db = open(path);
      createDecisions(db)([sent]);
      assert.deepEqual(readDecisions(db, 10), [sent]);
      assert.equal(db.prepare('SELECT path FROM project').get()?.['path'], '/home/kim/shop');
      db.close();
    });
  }

  it('begin no ledger for a reader in a hurry', () => {
    assert.throws(() => openBriefly(path, 100), { code: 'ENOENT' });
    assert.equal(existsSync(path), false);
  });
});
