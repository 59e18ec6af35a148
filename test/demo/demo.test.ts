import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { environmentOf } from '../vscode/profile.mjs';
import { generate } from './generate.mjs';

const now = Date.parse('2026-11-20T15:30:00Z');
const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');

describe('demo records', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'burn-meter-demo-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const write = (name: string, seed: number) => generate({ out: path.join(folder, name), now, seed });
  const contents = (name: string) => {
    const root = path.join(folder, name);
    const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted();
    return files.map((file) => {
      const full = path.join(root, file);
      return [file, fs.statSync(full).isFile() ? fs.readFileSync(full, 'utf8') : ''] as const;
    });
  };

  it('are the same to the byte for the same seed, and others for another', () => {
    write('a', 5);
    write('b', 5);
    write('c', 6);
    assert.deepEqual(contents('a'), contents('b'));
    assert.notDeepEqual(contents('a'), contents('c'));
  });

  it('cover a month, both agents, several models, subagents, a session at work now', () => {
    write('a', 1);
    const files = contents('a');
    const text = files.map(([, content]) => content).join('');
    for (const sign of [
      'house-coder-1',
      'claude-haiku-5-5',
      'claude-opus-5-5',
      'claude-sonnet-5-5',
      'gpt-6-sol',
      'gpt-5.5',
    ]) {
      assert.ok(text.includes(`"model":"${sign}"`), sign);
    }
    for (const place of ['/subagents/agent-', '.codex/sessions/2026/10/', '.codex/sessions/2026/11/20/']) {
      assert.ok(
        files.some(([file]) => `/${file}`.includes(place)),
        place,
      );
    }
    const times = [...text.matchAll(/"timestamp":"([^"]+)"/g)].map(([, time]) => Date.parse(time ?? ''));
    const newest = times.filter((at) => at <= now).reduce((a, b) => Math.max(a, b), 0);
    assert.ok(now - newest < 120_000, `newest record ${(now - newest) / 1000} s before now`);
  });

  it('add up in the product’s CLI to what the generator billed', () => {
    const { bill } = write('home', 3);
    const env = environmentOf(path.join(folder, 'home'));
    const report = JSON.parse(execFileSync(process.execPath, [cli, 'report', '--json'], { env, encoding: 'utf8' }));
    assert.deepEqual(report.totals.tokens, bill.tokens);
    assert.equal(report.totals.calls, bill.calls);
    assert.equal(report.totals.webSearches, bill.webSearches);
    assert.equal(report.totals.unpriced.calls, bill.unpricedCalls);
    assert.ok(
      Math.abs(report.totals.listCost - bill.listCost) < 1e-6,
      `${report.totals.listCost} is not ${bill.listCost}`,
    );
    assert.deepEqual(report.problems, []);
  }).timeout(60_000);
});
