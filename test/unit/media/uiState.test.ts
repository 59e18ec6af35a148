import assert from 'node:assert/strict';
import { drillDown, filterOf, goBack, removeChip, restoreUiState } from '../../../media/panel/uiState.ts';
import type { Chip, UiState } from '../../../media/panel/uiState.ts';

const start = restoreUiState(undefined);
const chip = (dimension: Chip['dimension'], value: string): Chip => ({ dimension, value, label: value });

describe('panel: what it remembers', () => {
  it('starts with a week by model', () => {
    assert.deepEqual([start.view, start.span, start.stack, start.tab], ['breakdown', '7d', 'model', 'model']);
  });

  it('comes back as it was saved', () => {
    const saved: UiState = {
      ...start,
      view: 'prices',
      span: { from: '2026-11-01', to: '2026-11-20' },
      chips: [chip('project', '/a')],
      sort: { session: { column: 'calls', descending: false } },
      open: [3, 4],
    };
    assert.deepEqual(restoreUiState(JSON.parse(JSON.stringify(saved))), saved);
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ['nothing', null],
    ['a number', 7],
    ['another version', { view: 'nextYear', span: 'fortnight', tab: 3, chips: [{ dimension: 'mood' }], offset: -1 }],
    ['dates that are none', { span: { from: '<img>', to: '' } }],
  ];
  for (const [name, saved] of broken) {
    it(`falls back from ${name}`, () => assert.deepEqual(restoreUiState(saved), start));
  }

  it('keeps the good fields beside a bad one', () => {
    assert.deepEqual(restoreUiState({ stack: 'agent', tab: 'mood' }), { ...start, stack: 'agent' });
  });
});

describe('panel: drilling down', () => {
  it('adds a filter, moves on and remembers the way', () => {
    const ui = drillDown({ ...start, search: 'opus', offset: 50, open: [1] }, chip('model', 'opus'), 'model');
    assert.deepEqual(filterOf(ui.chips), { model: 'opus' });
    assert.deepEqual([ui.tab, ui.search, ui.offset, ui.open], ['session', '', 0, []]);
    assert.deepEqual(goBack(ui), { ...start, search: '', offset: 0, open: [] });
  });

  it('skips tables that are narrowed to one row already', () => {
    const once = drillDown(start, chip('session', 's'), 'session');
    const twice = drillDown({ ...once, tab: 'project' }, chip('project', 'p'), 'project');
    assert.equal(twice.tab, 'calls');
  });

  it('holds one value per dimension', () => {
    const ui = drillDown(drillDown(start, chip('day', 'a'), 'day'), chip('day', 'b'), 'day');
    assert.deepEqual(filterOf(ui.chips), { day: 'b' });
  });

  it('goes back step by step, then drops what is left, then stays', () => {
    const two = drillDown(drillDown(start, chip('agent', 'claude'), 'agent'), chip('model', 'm'), 'model');
    const one = goBack(two);
    assert.deepEqual(one && filterOf(one.chips), { agent: 'claude' });
    const none = one && goBack({ ...one, trail: [] });
    assert.deepEqual(none && filterOf(none.chips), {});
    assert.equal(none && goBack(none), null);
  });

  it('removes one filter of several', () => {
    const two = drillDown(drillDown(start, chip('agent', 'claude'), 'agent'), chip('model', 'm'), 'model');
    assert.deepEqual(filterOf(removeChip(two, 'agent').chips), { model: 'm' });
  });
});
