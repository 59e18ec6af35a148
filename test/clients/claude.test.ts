// What only Claude Code can do: its own dialog before a subagent, a stop before the next call, the prompt put back.
import assert from 'node:assert/strict';
import { pictureOnFailure, writeSettings } from '../ui/stage.ts';
import { claude, subagent } from './agents/claude.ts';
import { openEditor } from './editor.ts';
import type { Editor } from './editor.ts';
import { startProvider } from './provider/provider.ts';
import type { Provider } from './provider/provider.ts';
import type { ModelRequest } from './provider/record.ts';
import { openTerminal } from './terminal.ts';
import type { TerminalRun } from './terminal.ts';
import { runClient } from './world.ts';

async function say(terminal: TerminalRun, prompt: string): Promise<void> {
  await terminal.shows(/❯/);
  terminal.type(prompt);
  await terminal.shows(new RegExp(String.raw`❯\s${prompt}`));
  terminal.type('\r');
}

/** Opus 5.5's list prices, dollars per million tokens. */
const price = { input: 4, cacheRead: 0.2, cacheWrite5m: 5, cacheWrite1h: 8, output: 20 };
const usd = ({ bill }: ModelRequest): number =>
  Object.entries(price).reduce((sum, [kind, rate]) => sum + (bill?.[kind as keyof typeof price] ?? 0) * rate, 0) / 1e6;

const cap = 0.12;
const longest = 40;

describe('Claude Code beyond prompts', function () {
  this.timeout(180_000);
  let provider: Provider;
  let editor: Editor;

  before(async () => {
    provider = await startProvider();
    editor = await openEditor(provider.port, [claude], { 'burnMeter.askAbove': 0, 'burnMeter.subagentsAbove': 1 });
    await editor.toggle(claude);
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, editor.page.isClosed() ? [] : [editor.page]);
  });
  after(async () => {
    await editor.stage.dispose();
    await provider.close();
  });

  const fanOut = () => {
    const main = [{ tools: [subagent('Count the files.')] }, { tools: [subagent('Count them again.')] }];
    provider.play({ main: [...main, { text: 'all-is-well' }], sub: [{ text: 'Three.' }] });
    return openTerminal(claude, editor.place);
  };
  const dialog = /Burn Meter: This is subagent 2[^]*Do you want to proceed[^]*3\. No/;
  const subagents = (): number => provider.requests.filter(({ lane }) => lane === 'sub').length;

  it('asks in its own dialog before a subagent too many, and starts it on Yes', async () => {
    const terminal = fanOut();
    try {
      await say(terminal, 'count');
      await terminal.shows(dialog);
      const before = subagents();
      terminal.type('\r');
      await terminal.shows(/all-is-well/);
      assert.ok(subagents() > before);
    } finally {
      await terminal.close();
    }
  });

  it('starts none on No', async () => {
    const terminal = fanOut();
    try {
      await say(terminal, 'count');
      await terminal.shows(dialog);
      const before = subagents();
      terminal.type('3');
      await terminal.shows(/rejected|interrupted|declined/i);
      assert.equal(subagents(), before);
    } finally {
      await terminal.close();
    }
  });

  const stopsAtCap = async () => {
    const step = { tools: [claude.shell('seq 1 400')] };
    provider.play({ main: [...Array.from({ length: longest }, () => step), { text: 'all-is-well' }] });
    const { output } = await runClient(claude, editor.place, claude.prompt('Count, and go on counting.'));
    const costs = provider.requests.map(usd);
    const sum = costs.reduce((a, b) => a + b, 0);
    assert.ok(costs.length > 1 && costs.length < longest, `${costs.length} calls, $${sum}`);
    assert.ok(sum <= cap + Math.max(...costs), `$${sum}`);
    assert.doesNotMatch(output, /all-is-well/);
  };

  it('is stopped by a hard cap before its next call', async () => {
    await writeSettings(editor.page, {
      'burnMeter.caps': { '*': {}, [editor.place.folder]: { session: cap, hard: true } },
    });
    await stopsAtCap();
  });

  it('is stopped with the editor closed too', async () => {
    await editor.close();
    await stopsAtCap();
  });
});

describe('Claude Code while no window of VS Code is in front', function () {
  this.timeout(180_000);
  let provider: Provider;
  let editor: Editor;

  before(async () => {
    provider = await startProvider();
    editor = await openEditor(provider.port, [claude], { 'burnMeter.askAbove': 0.001 });
    await editor.toggle(claude);
    await editor.blur();
  });
  after(async () => {
    await editor.stage.dispose();
    await provider.close();
  });

  it('holds a heavy prompt back once, keeps it, and sends it when it is sent again', async () => {
    provider.play({ main: [{ text: 'all-is-well' }] });
    const terminal = openTerminal(claude, editor.place);
    try {
      await say(terminal, 'Rewrite every file');
      await terminal.shows(/Burn Meter held this back[^]*❯\sRewrite every file/);
      assert.equal(provider.requests.length, 0);
      terminal.type('\r');
      await terminal.shows(/all-is-well/);
    } finally {
      await terminal.close();
    }
  });

  it('goes on with nothing of ours on its screen when the editor is closed', async () => {
    await editor.close();
    provider.play({ main: [{ text: 'all-is-well' }] });
    const terminal = openTerminal(claude, editor.place);
    try {
      await say(terminal, 'Rewrite them all');
      await terminal.shows(/all-is-well/);
      assert.doesNotMatch(terminal.text(), /burn meter|relay|hook/i);
    } finally {
      await terminal.close();
    }
  });
});
