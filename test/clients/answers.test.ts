// The clients themselves, before anything of ours is set up: they speak to the fake provider, and it keeps what they sent.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeFolder, temporaryFolder } from '../vscode/profile.mjs';
import type { Place } from './agents/client.ts';
import { clients } from './agents/index.ts';
import { startProvider } from './provider/provider.ts';
import type { Provider } from './provider/provider.ts';
import { bytesByKind } from './provider/record.ts';
import { runClient, settle } from './world.ts';

describe('real clients and the fake provider', () => {
  let provider: Provider;
  let place: Place;

  before(async () => {
    provider = await startProvider();
    const home = temporaryFolder();
    place = { home, folder: path.join(home, 'work/shop'), port: provider.port };
    fs.mkdirSync(place.folder, { recursive: true });
  });
  after(async () => {
    await provider.close();
    removeFolder(place.home);
  });

  for (const client of clients) {
    it(`${client.id} runs a tool and is told the answer`, async () => {
      settle(client, place);
      const tool = client.shell('echo forty-two');
      provider.play({ main: [{ thinking: 'Let me see.', tools: [tool] }, { text: 'It said so: all-is-well.' }] });
      const { output } = await runClient(client, place, client.prompt('What does it say?'));
      assert.match(output, /all-is-well/, output);
      const calls = provider.requests.filter(({ lane }) => lane === 'main');
      assert.equal(calls.length, 2, JSON.stringify(provider.requests.map(({ lane, model }) => [lane, model])));
      const kinds = Object.entries(bytesByKind(calls[1]?.blocks ?? []));
      const roles = kinds.map(([kind]) => kind.split('/')[0] ?? '');
      assert.deepEqual(
        new Set(roles),
        new Set(['assistant', 'system', 'tool', 'tools', 'user']),
        JSON.stringify(kinds),
      );
      const answered = kinds.find(([kind]) => kind.startsWith('tool/') && kind.endsWith(`/${tool.name}`));
      assert.ok((answered?.[1] ?? 0) > 'forty-two'.length, JSON.stringify(kinds));
    });
  }
});
