// Codex runs a hook only when its user has reviewed it: nothing of ours pretends that.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../ui/stage.ts';
import { codex, withoutTrust } from './agents/codex.ts';
import { openEditor } from './editor.ts';
import type { Editor } from './editor.ts';
import { startProvider } from './provider/provider.ts';
import type { Provider } from './provider/provider.ts';
import { openTerminal } from './terminal.ts';
import { runClient } from './world.ts';

const heavy = `Rewrite all of this. ${'The quick brown fox jumps over the lazy dog. '.repeat(2600)}`;

describe('the review of hooks in Codex', function () {
  this.timeout(180_000);
  let provider: Provider;
  let editor: Editor;

  before(async () => {
    provider = await startProvider();
    editor = await openEditor(provider.port, [codex]);
  });
  beforeEach(() => provider.play({ main: [{ text: 'all-is-well' }] }));
  afterEach(function () {
    return pictureOnFailure(this.currentTest, editor.page.isClosed() ? [] : [editor.page]);
  });
  after(async () => {
    await editor.stage.dispose();
    await provider.close();
  });

  it('is waited for', async () => {
    assert.match(await editor.toggle(codex), /waiting for your review in Codex/);
    const { output } = await runClient(codex, editor.place, [...withoutTrust, heavy]);
    assert.match(output, /all-is-well/, output);
    assert.match(await editor.state(codex), /waiting for your review in Codex/);
  });

  it('is asked for by Codex itself, and given', async () => {
    const terminal = openTerminal(codex, editor.place);
    try {
      await terminal.shows(/Hooks need review/);
      await terminal.press('\u001B[B', /› 2\. Trust all/);
      terminal.type('\r');
      await terminal.shows(/permissions:/);
    } finally {
      await terminal.close();
    }
    assert.doesNotMatch(await editor.state(codex), /waiting/);
  });

  it('lets the hook ask from then on', async () => {
    const run = runClient(codex, editor.place, [...withoutTrust, heavy]);
    await editor.question();
    await editor.choose('Don’t Send');
    const { output } = await run;
    assert.equal(provider.requests.length, 0, output);
  });
});
