import assert from 'node:assert/strict';
import {
  noLineage,
  ownerOf,
  withMeta,
  withOrdinal,
  withTrigger,
  withTurn,
} from '../../../../src/core/sources/codexLineage.ts';
import type { Lineage } from '../../../../src/core/sources/codexLineage.ts';
import { metaShape } from '../../../../src/core/sources/codexRecords.ts';

const created = Date.parse('2026-09-21T11:00:00.500Z');
const second = Math.floor(created / 1000);
const later = created + 1;

function forked(header: object = {}, id = 'fork'): Lineage {
  const meta = { id, timestamp: '2026-09-21T11:00:00.500Z', forked_from_id: 'parent', ...header };
  return withMeta(noLineage, metaShape.parse(meta), created);
}

/** A version 7 UUID of an instant. */
function uuid(at: number): string {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`;
}

const cases: readonly (readonly [string, Lineage, number, 'own' | 'copied' | 'unknown'])[] = [
  ['a session without ancestors', withMeta(noLineage, metaShape.parse({ id: 'a' }), created), created - 60_000, 'own'],
  ['a line much older than a session', withMeta(noLineage, metaShape.parse({ id: 'a' }), created), 0, 'copied'],
  ['a line older than the fork', forked(), created - 1, 'copied'],
  ['a line of no known turn', forked(), later, 'unknown'],
  ['a turn with an older id', withTurn(forked(), uuid(created - 1), null), later, 'copied'],
  ['a turn with a newer id', withTurn(forked(), uuid(created), null), later, 'own'],
  [
    'a newer turn of a thread whose id has a time',
    withTurn(forked({}, uuid(created)), uuid(created), null),
    later,
    'own',
  ],
  ['a turn begun the second before', withTurn(forked(), 't-1', second - 1), later, 'copied'],
  ['a turn begun in the same second', withTurn(forked(), 't-1', second), later, 'unknown'],
  ['a turn begun the second after', withTurn(forked(), 't-1', second + 1), later, 'own'],
  ['a turn that follows an own one', withTurn(withTurn(forked(), uuid(later), null), 't-1', second - 1), later, 'own'],
  ['after a trigger', withTrigger(forked(), later), later, 'own'],
  ['after a trigger older than the fork', withTrigger(forked(), created - 1), later, 'unknown'],
  ['after a trigger in a copied turn', withTrigger(withTurn(forked(), uuid(1), null), later), later, 'unknown'],
  ['a fork that copies nothing', forked({ history_base: { thread_id: 'parent' } }), later, 'own'],
];

const numbered = forked({ subagent_history_start_ordinal: 7 });
const byNumber: typeof cases = [
  ['a line without a number', withOrdinal(numbered, null), later, 'copied'],
  ['a line before the start', withOrdinal(numbered, 6), later, 'copied'],
  ['the line at the start', withOrdinal(numbered, 7), later, 'own'],
  ['a trigger before the start', withTrigger(withOrdinal(numbered, 6), later), later, 'copied'],
  ['a newer turn before the start', withTurn(withOrdinal(numbered, 6), uuid(later), null), later, 'copied'],
];

describe('Codex: whose a rollout’s lines are', () => {
  for (const [name, lineage, at, owner] of [...cases, ...byNumber]) {
    it(`${name} is ${owner}`, () => assert.equal(ownerOf(lineage, at), owner));
  }

  it('the farthest ancestor named in the file is the root', () => {
    const grandparent = metaShape.parse({ id: 'parent', forked_from_id: 'root' });
    const lineage = withMeta(forked(), grandparent, created);
    assert.deepEqual([lineage.thread, lineage.parent, lineage.root], ['fork', 'parent', 'root']);
    assert.equal(withMeta(lineage, metaShape.parse({ id: 'fork' }), created), lineage);
  });
});
