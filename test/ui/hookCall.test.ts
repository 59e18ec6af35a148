// From an agent's hook to the answer it prints, through everything that is installed: the set-up command, the relay,
// the engine's server, its estimate, and the question in the real workbench.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { appendCall, appendPrompt } from '../support/claudeCall.ts';
import { environmentOf } from '../vscode/profile.mjs';
import { itemReads, openStage, pick, pictureOnFailure, runCommand, screenshot } from './stage.ts';
import type { Stage } from './stage.ts';
import { button, dialog, toast } from './widgets.ts';

const session = '11111111-2222-4333-8444-555555555555';
const own = '{\n  "model": "opus"\n}\n';
const hooks = z.looseObject({
  hooks: z.looseObject({
    UserPromptSubmit: z.array(z.object({ hooks: z.array(z.looseObject({ command: z.string() })) })),
  }),
});

describe('an agent’s hook in the workbench', function () {
  this.timeout(120_000);
  let stage: Stage;
  let page: Page;
  const settingsFile = (): string => path.join(stage.home, '.claude/settings.json');

  before(async () => {
    stage = await openStage({
      settings: { 'burnMeter.askAbove': 0.01 },
      prepare: (home) => {
        fs.mkdirSync(path.join(home, '.claude'), { recursive: true });
        fs.writeFileSync(path.join(home, '.claude/settings.json'), own);
        const cwd = path.join(home, 'work/shop');
        const at = Date.now() - 2 * 3_600_000;
        appendPrompt(home, { session, cwd, id: 'p', at: at - 5000 });
        // Far above the threshold, and long out of the cache.
        appendCall(home, { session, cwd, id: 'a', at, cacheWrite1h: 400_000, output: 20_000, last: true });
      },
    });
    page = await stage.openWindow();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await itemReads(page, '$');
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, [page]);
  });
  after(() => stage.dispose());

  it('is set up by the command, beside what is there', async () => {
    await runCommand(page, 'preflightHooks');
    await pick(page, 'Claude Code');
    await toast(page, 'Claude Code asks before heavy prompts').waitFor();
    assert.match(fs.readFileSync(settingsFile(), 'utf8'), /"model": "opus"/);
  });

  it('holds a heavy prompt back when the user says no', async () => {
    const answer = call(stage, 'Rewrite the shop.');
    await dialog(page).waitFor();
    const text = await dialog(page).innerText();
    assert.match(text, /Claude Code in shop: this task may cost about \$\d+\.\d\d \(9 in 10 stay below \$\d+\.\d\d\)/);
    assert.ok(text.includes('Above your $0.01 for a task.'), text);
    await screenshot(page, 'hook-question');
    await button(page, 'Don’t Send').click();
    assert.match(await answer, /"decision":\s*"block"/);
  });

  it('lets it go when the user says yes', async () => {
    const answer = call(stage, 'Rewrite the shop, please.');
    await button(page, 'Send').click();
    assert.equal(await answer, '');
  });

  it('asks no more in a session that may always', async () => {
    const answer = call(stage, 'Rewrite the shop at last.');
    await button(page, 'Always This Session').click();
    assert.equal(await answer, '');
    assert.equal(await call(stage, 'And once more.'), '');
  });

  it('is taken back to the byte', async () => {
    await runCommand(page, 'preflightHooks');
    await pick(page, 'Claude Code');
    await toast(page, 'Claude Code asks no more').waitFor();
    assert.equal(fs.readFileSync(settingsFile(), 'utf8'), own);
  });

  it('shows meanwhile what the cache of a waiting session is worth', async () => {
    const at = Date.now() - 100_000;
    appendPrompt(stage.home, { session, cwd: stage.folder, id: 'q', at: at - 5000 });
    // Five minutes' cache: 100k tokens cost $0.50 to write anew, $0.02 to read.
    appendCall(stage.home, { session, cwd: stage.folder, id: 'b', at, cacheWrite5m: 100_000, output: 10, last: true });
    await itemReads(page, /[23]:\d0 \+\$0\.48/);
  });
});

describe('an agent’s hook in a workspace that is not trusted', function () {
  this.timeout(120_000);
  let stage: Stage;
  let page: Page;
  const written = (): boolean => fs.existsSync(path.join(stage.home, '.local/share/burn-meter/preflight'));

  before(async () => {
    stage = await openStage({
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
      prepare: (home) => {
        fs.mkdirSync(path.join(home, '.claude'), { recursive: true });
        fs.writeFileSync(path.join(home, '.claude/settings.json'), own);
      },
    });
    page = await stage.openWindow();
    appendCall(stage.home, { session, cwd: stage.folder, id: 'a', at: Date.now(), output: 10_000 });
    await itemReads(page, '$0.20');
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, [page]);
  });
  after(() => stage.dispose());

  it('is not set up, and nothing is written', async () => {
    await runCommand(page, 'preflightHooks');
    await toast(page, 'This workspace is not trusted').waitFor();
    assert.equal(fs.readFileSync(path.join(stage.home, '.claude/settings.json'), 'utf8'), own);
    assert.ok(!written());
  });

  it('is set up as soon as the user trusts it', async () => {
    await toast(page, 'This workspace is not trusted').getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.getByRole('button', { name: 'Trust', exact: true }).click();
    await page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
    await runCommand(page, 'preflightHooks');
    await pick(page, 'Claude Code');
    await toast(page, 'Claude Code asks before heavy prompts').waitFor();
    assert.ok(written());
  });
});

/** Runs the prompt hook as the agent does; resolves to what it prints. */
function call(stage: Stage, prompt: string): Promise<string> {
  const file = path.join(stage.home, '.claude/settings.json');
  const found = hooks.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  const command = found.hooks.UserPromptSubmit[0]?.hooks[0]?.command ?? 'false';
  const event = {
    session_id: session,
    cwd: stage.folder,
    hook_event_name: 'UserPromptSubmit',
    prompt_id: prompt,
    prompt,
  };
  const child = spawn('sh', ['-c', command], { env: environmentOf(stage.home), stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ ...event, transcript_path: '', permission_mode: 'default' }));
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', (code) =>
      code === 0 ? resolve(printed.trim()) : reject(new Error(`the hook ended with ${code}`)),
    );
  });
}
