import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { commandNames, commandTitles } from '../../src/core/commands.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { helpText } from '../../src/engine/cli/help.ts';
import { readBills } from '../support/expectations.ts';

const readme = readFileSync('README.md', 'utf8');

/** The first cells of each row of the tables in a section, without their marks. */
function rows(section: string, text = readme): string[][] {
  const body = text.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = body.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| -'));
  return lines.map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| |[`|]/g, '').trim()));
}

function settingsRows(text = readme): Record<string, string> {
  return Object.fromEntries(
    rows('Settings', text).flatMap(([id = '', value = '']) => (id.startsWith('burnMeter.') ? [[id, value]] : [])),
  );
}

const settings = Object.fromEntries(
  Object.entries(defaultSettings).map(([key, value]) => [`burnMeter.${key}`, JSON.stringify(value)]),
);

describe('README', () => {
  it('names every setting with its default, and no other', () => {
    assert.deepEqual(settingsRows(), settings);
    assert.notDeepEqual(settingsRows(readme.replace('burnMeter.billing', 'burnMeter.bill')), settings);
    assert.notDeepEqual(settingsRows(readme.replace('`0.8`', '`0.9`')), settings);
  });

  it('names every command by its title, and no other', () => {
    const named = rows('What you see')
      .slice(1)
      .flatMap(([titles = '']) => titles.split(', '));
    assert.deepEqual(named.toSorted(), commandNames.map((name) => commandTitles[name]).toSorted());
  });

  it('says of the real records what the tests check', () => {
    const expected = ['claude', 'codex'].flatMap((agent) =>
      Object.entries(readBills(`test/fixtures/${agent}/real/expected.json`)).map(
        ([run, { billed, calls, tokens, usd }]) => {
          const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = tokens;
          const counts = [billed, calls, input, cacheRead, cacheWrite5m, cacheWrite1h, output];
          const bill = `$${usd.toFixed(6)}`;
          return [`${agent}/${run}`, ...counts.map((n) => n.toLocaleString('en')), bill, bill];
        },
      ),
    );
    const [, ...shown] = rows('How exact it is, and how we know');
    const lines = (table: readonly string[][]): string[] => table.map((cells) => cells.join(' | ')).toSorted();
    assert.deepEqual(lines(shown), lines(expected));
  });

  it('names every option of the command line', () => {
    const options = (text: string): Set<string> => new Set(text.match(/--[a-z]+/g));
    const usage = /```sh\n(burn-meter [\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const known = [...options(helpText)].filter((option) => !['--help', '--version'].includes(option));
    assert.deepEqual([...options(usage)].toSorted(), known.toSorted());
  });

  it('leads to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter((link) => !existsSync(link)),
      [],
    );
  });
});
