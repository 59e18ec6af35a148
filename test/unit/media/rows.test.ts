import assert from 'node:assert/strict';
import { searchRows, sortRows } from '../../../media/panel/table/rows.ts';

interface Row {
  readonly name: string;
  readonly cost: number | null;
}

const rows: readonly Row[] = [
  { name: 'beta', cost: 2 },
  { name: 'Alpha 10', cost: null },
  { name: 'alpha 9', cost: 5 },
  { name: 'gamma', cost: 2 },
];
const columns = [
  { id: 'name', value: (r: Row) => r.name },
  { id: 'cost', value: (r: Row) => r.cost },
];

describe('panel: table rows', () => {
  const orders: readonly (readonly [string, boolean, readonly string[]])[] = [
    ['name', false, ['alpha 9', 'Alpha 10', 'beta', 'gamma']],
    ['name', true, ['gamma', 'beta', 'Alpha 10', 'alpha 9']],
    ['cost', true, ['alpha 9', 'beta', 'gamma', 'Alpha 10']],
    ['cost', false, ['beta', 'gamma', 'alpha 9', 'Alpha 10']],
    ['gone', false, ['beta', 'Alpha 10', 'alpha 9', 'gamma']],
  ];
  for (const [column, descending, expected] of orders) {
    it(`sorts by ${column}, ${descending ? 'descending' : 'ascending'}`, () => {
      assert.deepEqual(
        sortRows(rows, columns, { column, descending }).map((r) => r.name),
        expected,
      );
    });
  }

  const searches: readonly (readonly [string, number])[] = [
    ['', 4],
    ['ALPHA', 2],
    ['alpha 9', 1],
    ['9 alp', 1],
    ['.*', 0],
  ];
  for (const [search, found] of searches) {
    it(`finds ${found} for “${search}”`, () => assert.equal(searchRows(rows, (r) => [r.name], search).length, found));
  }
});
