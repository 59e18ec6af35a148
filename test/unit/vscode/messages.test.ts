import assert from 'node:assert/strict';
import { parseFromEngine } from '../../../src/vscode/fromEngine.ts';
import { parseFromPanel } from '../../../src/vscode/fromPanel.ts';
import { questionOf } from '../../support/question.ts';
import { snapshotOf } from '../../support/snapshot.ts';

const snapshot = snapshotOf();
const query = { kind: 'call', id: 1 };
const exported = { kind: 'export', span: 'all', filter: {}, format: 'csv', path: '/etc/passwd' };

const ask = (more: Record<string, unknown>) => ({ type: 'ask', id: 1, question: { ...questionOf(), ...more } });

const cases: readonly (readonly [string, (message: unknown) => unknown, unknown, boolean])[] = [
  ['engine: snapshot', parseFromEngine, { type: 'snapshot', snapshot }, true],
  [
    'engine: half a snapshot',
    parseFromEngine,
    { type: 'snapshot', snapshot: { ...snapshot, today: undefined } },
    false,
  ],
  [
    'engine: a snapshot without its pre-flight',
    parseFromEngine,
    { type: 'snapshot', snapshot: { ...snapshot, preflight: undefined } },
    false,
  ],
  ['engine: answer', parseFromEngine, { type: 'answer', id: 1, answer: null }, true],
  ['engine: answer to nothing', parseFromEngine, { type: 'answer', answer: null }, false],
  ['engine: failure', parseFromEngine, { type: 'failure', id: 1, message: 'no' }, true],
  ['engine: log', parseFromEngine, { type: 'log', level: 'info', message: 'up' }, true],
  ['engine: log of no level', parseFromEngine, { type: 'log', level: 'constructor', message: 'up' }, false],
  ['engine: notice', parseFromEngine, { type: 'notice', level: 'error', message: 'no' }, true],
  ['engine: warning', parseFromEngine, { type: 'warning', warning: { session: 's', estimate: 1, reasons: [] } }, true],
  ['engine: question', parseFromEngine, { type: 'ask', id: 1, question: questionOf() }, true],
  ['engine: question without an id', parseFromEngine, { type: 'ask', question: questionOf() }, false],
  ['engine: question without an outlook', parseFromEngine, ask({ outlook: null }), true],
  ['engine: question with half an outlook', parseFromEngine, ask({ outlook: { task: 1 } }), false],
  ['engine: question of an unknown kind', parseFromEngine, ask({ kind: 'constructor' }), false],
  ['engine: question with half a finding', parseFromEngine, ask({ findings: [{ rule: 'cap' }] }), false],
  ['engine: question about nobody', parseFromEngine, ask({ agentLabel: undefined }), false],
  ['engine: end of a question', parseFromEngine, { type: 'askOver', id: 1 }, true],
  ['engine: advice', parseFromEngine, { type: 'advice', question: questionOf() }, true],
  ['engine: advice about nothing', parseFromEngine, { type: 'advice' }, false],
  ['engine: nothing', parseFromEngine, undefined, false],
  ['panel: ready', parseFromPanel, { type: 'ready' }, true],
  ['panel: query', parseFromPanel, { type: 'query', id: 1, query }, true],
  ['panel: query without an id', parseFromPanel, { type: 'query', query }, false],
  ['panel: unknown query', parseFromPanel, { type: 'query', id: 1, query: { kind: 'drop' } }, false],
  ['panel: a file to write', parseFromPanel, { type: 'query', id: 1, query: exported }, false],
  ['panel: command', parseFromPanel, { type: 'command', command: 'exportData' }, true],
  ['panel: a command it may not run', parseFromPanel, { type: 'command', command: 'rebuildLedger' }, false],
  ['panel: record', parseFromPanel, { type: 'openRecord', file: '/a', line: 3 }, true],
  ['panel: a record nowhere', parseFromPanel, { type: 'openRecord', file: '/a', line: -1 }, false],
  ['panel: nothing', parseFromPanel, null, false],
];

describe('messages at the host’s edge', () => {
  for (const [name, parse, message, accepted] of cases) {
    it(`${accepted ? 'takes' : 'refuses'} ${name}`, () => assert.deepEqual(parse(message), accepted ? message : null));
  }
});
