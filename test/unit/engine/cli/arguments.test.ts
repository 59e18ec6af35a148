import assert from 'node:assert/strict';
import { readArguments, UsageError } from '../../../../src/engine/cli/arguments.ts';
import { candidates, canRun } from '../../../../src/engine/cli/node.ts';

describe('the command line', () => {
  const periods: readonly (readonly [args: string, since: string | null, until: string | null])[] = [
    ['report', null, null],
    ['report --since 2026-09-01', '2026-09-01T00:00:00Z', null],
    ['report --until 2026-09-01', null, '2026-09-02T00:00:00Z'],
    [
      'report --since 2026-10-25 --until 2026-10-25 --timezone Europe/Berlin',
      '2026-10-24T22:00:00Z',
      '2026-10-25T23:00:00Z',
    ],
    [
      'report --since 2026-09-01T10:00Z --until 2026-09-01T12:00:00.5+01:00',
      '2026-09-01T10:00:00Z',
      '2026-09-01T11:00:00.5Z',
    ],
  ];
  for (const [args, since, until] of periods) {
    it(args, () => {
      const command = readArguments(args.split(' '), 'UTC');
      const ms = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));
      assert.deepEqual([command.since, command.until], [ms(since), ms(until)]);
    });
  }

  const wrong: readonly (readonly [args: string, message: RegExp])[] = [
    ['', /command is missing/],
    ['repot', /unknown command: repot/],
    ['report more', /unexpected argument: more/],
    ['report --by week', /--by takes one of/],
    ['report --since yesterday', /--since takes a day/],
    ['report --since 2026-02-30x', /--since takes a day/],
    ['report --since 2026-09-01T10:00', /--since takes a day/],
    ['report --since 2026-09-02 --until 2026-08-01', /later than/],
    ['report --timezone Mars/Olympus', /unknown time zone/],
    ['report --colour', /--colour/],
    ['report --since', /--since/],
    ['report --json=yes', /--json/],
    ['calls --by day', /--by goes with report/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses: ${args}`, () => {
      assert.throws(
        () => readArguments(args === '' ? [] : args.split(' '), 'UTC'),
        (error) => error instanceof UsageError && message.test(error.message) && !error.message.includes('\n'),
      );
    });
  }

  it('takes the system zone and models by default', () => {
    const { timeZone, by, json, index } = readArguments(['report'], 'Asia/Tokyo');
    assert.deepEqual([timeZone, by, json, index], ['Asia/Tokyo', 'model', false, null]);
    assert.equal(readArguments(['--help'], 'UTC').name, 'help');
    assert.equal(readArguments(['report', '--version'], 'UTC').name, 'version');
  });
});

describe('a Node that can run the meter', () => {
  const versions: readonly (readonly [string, boolean])[] = [
    ['20.20.2', false],
    ['22.16.9', false],
    ['v22.17.0', true],
    ['23.0.0', true],
    ['24.21.0', true],
    ['', false],
    ['nonsense', false],
  ];
  for (const [version, yes] of versions) it(`${version}: ${yes}`, () => assert.equal(canRun(version), yes));

  it('is sought where the user says, then on the PATH', () => {
    const found = candidates({ BURN_METER_NODE: '/mine/node', PATH: '/a:/b' }, 'linux');
    assert.equal(found[0], '/mine/node');
    assert.deepEqual(found.slice(-6), ['/a/node', '/a/node24', '/a/node22', '/b/node', '/b/node24', '/b/node22']);
  });
});
