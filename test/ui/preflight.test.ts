// What the user is asked and told before money is spent, in the real workbench; the engine is the test's.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { SessionGlance } from '../../src/core/snapshot.ts';
import { findingOf, questionOf } from '../support/question.ts';
import { sessionOf, snapshotOf } from '../support/snapshot.ts';
import { openScriptedStage } from './scripted.ts';
import type { ScriptedStage } from './scripted.ts';
import { item, itemReads, pick, pictureOnFailure, runCommand, screenshot, writeSettings } from './stage.ts';
import { button, dialog, rows, toast } from './widgets.ts';

const prompt = 'Rename every owl\nto otter.';
const findings = [
  findingOf({ rule: 'heavyTask', reason: 'Above your $2.00 a task' }),
  findingOf({ rule: 'coldCache', reason: 'The cache is cold: reading 148k of context anew costs $0.55' }),
];

describe('pre-flight prompts in the workbench', function () {
  this.timeout(120_000);
  let scripted: ScriptedStage;
  let page: Page;
  const pages: Page[] = [];
  let answers = 0;
  const answered = async (id: number, choice: string): Promise<void> => {
    const { id: of, choice: chosen } = await scripted.heard('asked', answers);
    answers += 1;
    assert.deepEqual([of, chosen], [id, choice]);
  };
  const show = (session: SessionGlance, more: Parameters<typeof snapshotOf>[0] = {}): void => {
    const at = Date.now();
    scripted.say({ type: 'snapshot', snapshot: snapshotOf({ at, session, active: [session], ...more }) });
  };

  before(async () => {
    scripted = await openScriptedStage();
    show(sessionOf());
    page = await scripted.openWindow();
    pages.push(page);
    await itemReads(page, '$4.21');
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, pages);
  });
  after(() => scripted.dispose());

  it('asks with the estimate and its reasons, and sends', async () => {
    scripted.say({ type: 'ask', id: 1, question: questionOf({ findings, prompt }) });
    await dialog(page).waitFor();
    const text = await dialog(page).innerText();
    for (const part of ['Claude Code in shop: this task may cost about $4.20', 'at worst $3.46', '/compact', '$0.55']) {
      assert.ok(text.includes(part), `${part} in: ${text}`);
    }
    assert.ok(!text.includes('owl'), 'the prompt itself is nobody else’s');
    await screenshot(page, 'question');
    await button(page, 'Send').click();
    await answered(1, 'send');
    await dialog(page).waitFor({ state: 'hidden' });
  });

  it('does not warn of the call that was just sent, but of a dearer one', async () => {
    const { agentLabel, session } = questionOf();
    const warn = (estimate: number): void => {
      const of = { session, agentLabel, model: 'claude-opus-5-5', project: null };
      scripted.say({ type: 'warning', warning: { ...of, estimate, reasons: [], inWindow: true } });
    };
    warn(0.9);
    warn(2.2);
    await toast(page, 'may cost about $2.20').waitFor();
    assert.equal(await toast(page, 'may cost about $0.90').count(), 0);
    await clearToasts(page);
  });

  it('sends nothing and keeps the prompt when told so', async () => {
    scripted.say({ type: 'ask', id: 2, question: questionOf({ findings, prompt }) });
    await button(page, 'Don’t Send').click();
    await answered(2, 'dontSend');
    await toast(page, 'The prompt is on the clipboard').waitFor();
    assert.equal(await clipboard(page), prompt);
    await clearToasts(page);
  });

  it('takes Escape for a no', async () => {
    await page.evaluate('navigator.clipboard.writeText("mine")');
    scripted.say({ type: 'ask', id: 3, question: questionOf({ findings }) });
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await answered(3, 'dontSend');
    assert.equal(await clipboard(page), 'mine', 'an agent that keeps its prompt needs no clipboard');
  });

  it('puts one question at a time, and asks no more of a session that may always', async () => {
    scripted.say({ type: 'ask', id: 4, question: questionOf({ kind: 'nextCall' }) });
    scripted.say({ type: 'ask', id: 5, question: questionOf() });
    scripted.say({
      type: 'ask',
      id: 6,
      question: questionOf({ session: 'other', agentLabel: 'Codex', outlook: null }),
    });
    await dialog(page).filter({ hasText: 'its next call may cost about $0.90' }).waitFor();
    assert.equal(await dialog(page).count(), 1);
    await button(page, 'Always This Session').click();
    await answered(4, 'always');
    await answered(5, 'always');
    await dialog(page).filter({ hasText: 'Codex in shop: what this may cost is not known.' }).waitFor();
    await button(page, 'Send').click();
    await answered(6, 'send');
  });

  it('does nothing when the agent did not wait, and says so', async () => {
    await page.evaluate('navigator.clipboard.writeText("mine")');
    scripted.say({ type: 'ask', id: 7, question: questionOf({ prompt }) });
    await dialog(page).waitFor();
    scripted.say({ type: 'askOver', id: 7 });
    scripted.say({ type: 'ask', id: 8, question: questionOf({ kind: 'subagent' }) });
    scripted.say({ type: 'notice', level: 'info', message: 'all of it has been said' });
    await toast(page, 'all of it has been said').waitFor();
    await button(page, 'Don’t Send').click();
    await toast(page, 'Too late: Claude Code did not wait').waitFor();
    assert.equal(await clipboard(page), 'mine');
    await dialog(page).filter({ hasText: 'a subagent is about to start' }).waitFor();
    await button(page, 'Send').click();
    await answered(8, 'send');
    await clearToasts(page);
  });

  it('says what a rule only warns of', async () => {
    scripted.say({ type: 'advice', question: questionOf({ findings: [findingOf({ action: 'warn' })] }) });
    await toast(page, 'The task may pass $2.00').waitFor();
    await screenshot(page, 'advice');
    await clearToasts(page);
  });

  it('shows what is in flight, and what a cache is worth before it ends', async () => {
    const now = Date.now();
    show(sessionOf({ inFlight: { since: now, median: 0.4, p90: 1.1 } }));
    await itemReads(page, '$4.21 · ~$0.40 in flight');
    show(sessionOf({ state: 'waiting for you', cache: { until: Date.now() + 215_000, extra: 0.55 } }));
    await itemReads(page, /\$4\.21 ·\s+3:30 \+\$0\.55/);
    await item(page).hover();
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'Month to date' });
    await hover.filter({ hasText: 'reply within 3:30 or the next turn costs +$0.55' }).waitFor();
    await screenshot(page, 'countdown');
    // It goes on by itself, and the tooltip that is being read stays open.
    await itemReads(page, /3:20 \+\$0\.55/);
    await hover.filter({ hasText: 'reply within 3:20' }).waitFor();
    await page.mouse.move(400, 300);
    show(sessionOf());
    await itemReads(page, '$4.21 · $3.10/h');
  });

  it('sets an agent up and takes it back', async () => {
    await runCommand(page, 'preflightHooks');
    await rows(page).filter({ hasText: 'Newt' }).filter({ hasText: 'not found' }).waitFor();
    await screenshot(page, 'set-up');
    await pick(page, 'Owl');
    await toast(
      page,
      'Owl asks before heavy prompts from its next session on. Added to ~/.owl/settings.json',
    ).waitFor();
    await toast(page, 'Owl asks').getByRole('button', { name: 'Undo' }).click();
    await toast(page, 'Owl asks no more before heavy prompts').waitFor();
    await clearToasts(page);
    await runCommand(page, 'preflightHooks');
    await pick(page, 'Otter');
    await toast(page, 'waiting for your review in Otter').waitFor();
    await clearToasts(page);
  });

  it('shows how an agent thinks, changes it and puts it back', async () => {
    await runCommand(page, 'thinkingSettings');
    await rows(page).filter({ hasText: 'thinking on · no cap · effort high · $3.20 of thinking in 7 days' }).waitFor();
    await screenshot(page, 'thinking');
    await pick(page, 'Owl');
    await rows(page).filter({ hasText: 'xhigh' }).waitFor();
    await screenshot(page, 'efforts');
    await pick(page, 'low');
    await toast(page, 'Owl uses effort low').getByRole('button', { name: 'Put Back' }).click();
    await toast(page, 'Owl uses effort high').waitFor();
    await clearToasts(page);
  });

  it('snoozes, and ends that', async () => {
    await runCommand(page, 'snoozePreflight');
    await pick(page, '15 Minutes');
    await toast(page, 'No pre-flight questions until').getByRole('button', { name: 'End Snooze' }).click();
    await toast(page, 'Pre-flight questions are asked again').waitFor();
    await clearToasts(page);
    const agents = [{ label: 'Claude Code', pending: false }];
    show(sessionOf(), { preflight: { agents, snoozedUntil: Date.now() + 900_000 } });
    await item(page).hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'snoozed until' }).waitFor();
    await screenshot(page, 'snoozed');
    await page.mouse.move(400, 300);
    await runCommand(page, 'snoozePreflight');
    await pick(page, 'End Snooze');
    await toast(page, 'Pre-flight questions are asked again').waitFor();
    await clearToasts(page);
  });

  it('says which setting does not hold, and why', async () => {
    await writeSettings(page, { 'burnMeter.caps': { '*': { dai: 5, hard: true } } });
    await toast(page, 'burnMeter.caps.*: Unrecognized key: "dai".').getByRole('button', { name: 'Settings' }).waitFor();
    await screenshot(page, 'refused-setting');
    await clearToasts(page);
    await writeSettings(page, {});
  });

  it('takes back what an engine asked that has ended', async () => {
    scripted.say({ type: 'ask', id: 9, question: questionOf({ prompt }) });
    await dialog(page).waitFor();
    scripted.say({ type: 'end' });
    await scripted.heard('start', 1);
    await button(page, 'Don’t Send').click();
    await toast(page, 'Too late').waitFor();
    await clearToasts(page);
    scripted.say({ type: 'ask', id: 1, question: questionOf() });
    await button(page, 'Send').click();
    await answered(1, 'send');
  });
});

describe('pre-flight in a workspace that is not trusted', function () {
  this.timeout(120_000);
  let scripted: ScriptedStage;
  let page: Page;

  before(async () => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    scripted = await openScriptedStage({ workspaceTrust: true, settings });
    scripted.say({ type: 'snapshot', snapshot: snapshotOf({ at: Date.now() }) });
    page = await scripted.openWindow();
    await itemReads(page, '$4.21');
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, [page]);
  });
  after(() => scripted.dispose());

  it('tells the engine so', async () => {
    assert.equal((await scripted.heard('start')).trusted, false);
  });

  it('sets nothing up', async () => {
    await runCommand(page, 'preflightHooks');
    await toast(page, 'This workspace is not trusted').waitFor();
    await screenshot(page, 'untrusted');
    await clearToasts(page);
  });

  it('shows how agents think, and changes nothing', async () => {
    await runCommand(page, 'thinkingSettings');
    await pick(page, 'Owl');
    await pick(page, 'low');
    await toast(page, 'This workspace is not trusted').waitFor();
    assert.equal((await scripted.heard('act')).action.kind, 'thinking');
  });

  it('tells the engine when the user comes to trust it', async () => {
    await toast(page, 'This workspace is not trusted').getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.getByRole('button', { name: 'Trust', exact: true }).click();
    await scripted.heard('trust');
    await runCommand(page, 'preflightHooks');
    await rows(page).filter({ hasText: 'Owl' }).waitFor();
    await page.keyboard.press('Escape');
  });
});

async function clearToasts(page: Page): Promise<void> {
  const close = page.locator('.notifications-toasts .codicon-notifications-clear');
  while ((await close.count()) > 0) {
    await page.locator('.notifications-toasts .notification-list-item').first().hover();
    await close.first().click();
  }
}

function clipboard(page: Page): Promise<unknown> {
  return page.evaluate('navigator.clipboard.readText()');
}
