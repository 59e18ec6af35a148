// Every client, its hooks set up through our own command in the real VS Code: what reaches the provider, what is said,
// and that nothing is left behind.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { pictureOnFailure, screenshot } from '../ui/stage.ts';
import type { Client } from './agents/client.ts';
import { clients } from './agents/index.ts';
import { openEditor, relayScript, whileHanging } from './editor.ts';
import type { Button, Editor } from './editor.ts';
import { startProvider } from './provider/provider.ts';
import type { Provider } from './provider/provider.ts';
import { runClient, settingsNow } from './world.ts';
import type { Ran } from './world.ts';

/** As much as one argument of a command may carry. */
const heavy = `Rewrite all of this. ${'The quick brown fox jumps over the lazy dog. '.repeat(2600)}`;
/** What a client prints of hooks that went wrong, or of us. */
const noise = /burn meter|relay\.sh|hook (failed|error)|timed out/i;

describe('pre-flight prompts on real clients', function () {
  this.timeout(180_000);
  let provider: Provider;
  let editor: Editor;

  before(async () => {
    provider = await startProvider();
    editor = await openEditor(provider.port, clients);
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, editor.page.isClosed() ? [] : [editor.page]);
  });
  after(async () => {
    await editor.stage.dispose();
    await provider.close();
  });

  const send = (client: Client, text = heavy): Promise<Ran> => {
    provider.play({ main: [{ text: 'all-is-well' }] });
    return runClient(client, editor.place, client.prompt(text));
  };
  const answered = async (client: Client, button: Button, picture: string): Promise<Ran> => {
    const run = send(client);
    await editor.question();
    await screenshot(editor.page, picture);
    await editor.choose(button);
    return run;
  };
  const goesOnSilently = (client: Client, { output }: Ran): void => {
    assert.match(output, /all-is-well/, output);
    assert.doesNotMatch(output, noise);
    assert.ok(provider.requests.length > 0, client.id);
  };

  for (const client of clients) {
    describe(client.label, () => {
      it('is set up by the command', async () => {
        assert.match(await editor.toggle(client), /asks before heavy prompts|Set up for/);
      });
      it('sends nothing on "Don’t Send"', async () => {
        const { output } = await answered(client, 'Don’t Send', `clients-${client.id}-question`);
        assert.equal(provider.requests.length, 0, output);
        assert.doesNotMatch(output, /all-is-well/);
      });
      it('goes on on "Send"', async () => {
        const { output } = await answered(client, 'Send', `clients-${client.id}-send`);
        assert.match(output, /all-is-well/, output);
        assert.ok(provider.requests.length > 0);
      });
      it('goes on without a word when the relay is gone', async () => {
        const script = relayScript(editor.place);
        const text = fs.readFileSync(script, 'utf8');
        fs.rmSync(script);
        try {
          goesOnSilently(client, await send(client));
        } finally {
          fs.writeFileSync(script, text, { mode: 0o700 });
        }
      });
      it('goes on without a word when nobody answers in time', async () => {
        goesOnSilently(client, await whileHanging(editor.place, () => send(client)));
        await editor.dismiss();
      });
      it('is as it was, to the byte, when the command has taken it back', async () => {
        await editor.toggle(client);
        assert.deepEqual(settingsNow(client, editor.place), client.settings(editor.place));
      });
    });
  }

  describe('with the editor closed', () => {
    before(async () => {
      for (const client of clients) await editor.toggle(client);
      await editor.close();
    });
    for (const client of clients) {
      it(`${client.label} goes on without a word`, async () => goesOnSilently(client, await send(client)));
    }
  });
});
