// Runs inside a real extension host; HOME is a temporary folder that the runner made.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as os from 'node:os';
import * as vscode from 'vscode';
import { commandId, commandNames } from '../../src/core/commands.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { TestApi } from '../../src/extension.ts';
import { appendCall } from '../support/claudeCall.ts';

const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '/home/dev/shop';
const session = '11111111-2222-4333-8444-555555555555';

describe('the extension in its host', () => {
  let api: TestApi;
  before(async () => {
    const extension = vscode.extensions.getExtension<TestApi>('burn-meter.burn-meter');
    assert.ok(extension, 'VS Code knows the extension');
    api = await extension.activate();
  });

  it('activates and offers tests its snapshot and spans', async () => {
    assert.ok(api, 'exports under test');
    const snapshot = await snapshotWith(api, (s) => s.scan.state === 'idle');
    assert.equal(snapshot.lastCallAt, null);
    assert.ok('activate' in api.spans());
  });

  it('registers every command of its table and no other', async () => {
    const all = await vscode.commands.getCommands(true);
    const ours = all.filter((id) => /^burnMeter\.\w+$/.test(id));
    assert.deepEqual(ours.toSorted(), commandNames.map(commandId).toSorted());
  });

  it('meters a call that is appended while it watches', async () => {
    appendCall(os.homedir(), { session, cwd, id: 'host1', at: Date.now(), input: 10_000, output: 2000 });
    const snapshot = await snapshotWith(api, (s) => s.month.calls === 1);
    assert.equal(snapshot.month.listCost, 0.08);
    assert.equal(snapshot.session?.session, session);
    assert.ok(snapshot.burnRate !== null && Math.abs(snapshot.burnRate - 0.48) < 1e-9, String(snapshot.burnRate));
  });

  it('takes a changed setting at once', async () => {
    const config = vscode.workspace.getConfiguration('burnMeter');
    await config.update('dailyBudget', 0.01, vscode.ConfigurationTarget.Global);
    const over = await snapshotWith(api, (s) => s.budget?.level === 'error');
    assert.match(over.budget?.reason ?? '', /\$0\.01/);
    await config.update('dailyBudget', undefined, vscode.ConfigurationTarget.Global);
    await snapshotWith(api, (s) => s.budget === null);
  });

  it('starts a new engine when its engine is killed, and misses nothing', async () => {
    const killed = enginePids();
    assert.equal(killed.length, 1, 'one engine of this window');
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    appendCall(os.homedir(), { session, cwd, id: 'host2', at: Date.now(), output: 1000 });
    const snapshot = await snapshotWith(api, (s) => s.month.calls === 2);
    assert.equal(snapshot.month.listCost, 0.1);
    assert.notDeepEqual(enginePids(), killed);
  });

  it('opens the breakdown', async () => {
    await vscode.commands.executeCommand('burnMeter.showBreakdown');
    await until(
      () => shown() === 'Burn Meter',
      () => `the active tab is ${shown()}`,
    );
  });

  // How long they took is for `npm run bench:live` to say: it depends on the machine.
  it('measures every span in which it holds the host', () => {
    const measured = Object.keys(api.spans());
    for (const name of [
      'activate',
      'engine.start',
      'engine.greet',
      'engine.message',
      'engine.end',
      'settings',
      'render',
    ]) {
      assert.ok(measured.includes(name), `${name} is not among ${measured.join(', ')}`);
    }
  });
});

const shown = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;

async function snapshotWith(api: TestApi, wanted: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  let found: Snapshot | null = null;
  const arrived = (): boolean => {
    const snapshot = api.snapshot();
    if (snapshot !== null && wanted(snapshot)) found = snapshot;
    return found !== null;
  };
  await until(arrived, () => JSON.stringify(api.snapshot()));
  assert.ok(found);
  return found;
}

/** Looks every 20 ms; there is no event to wait for in what the extension exports. */
async function until(condition: () => boolean, say: () => string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > end) assert.fail(`still waiting after 30 s: ${say()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Children of this extension host that run our engine. */
function enginePids(): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => row?.[2] === String(process.pid) && /dist[/\\]engine\.js/.test(row[3] ?? ''))
    .map((row) => Number(row?.[1]));
}
