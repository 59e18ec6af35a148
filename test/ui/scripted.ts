// A stage whose meter runs on an engine that says what the test wants, and writes down what it hears.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import type { FromEngine, ToEngine } from '../../src/core/protocol.ts';
import { repo } from '../vscode/places.mjs';
import { removeFolder, temporaryFolder } from '../vscode/profile.mjs';
import { item, openStage } from './stage.ts';
import type { Stage, StageOptions } from './stage.ts';

export interface ScriptedStage {
  readonly stage: Stage;
  /** A new window, its meter's item on screen; it may use the clipboard. */
  readonly openWindow: () => Promise<Page>;
  /** Has the engine say it; one that is not running yet says it when it has started. */
  readonly say: (message: FromEngine | { readonly type: 'end' }) => void;
  /** Resolves with the first message of the kind from `from` on, in the order they were heard. */
  readonly heard: <T extends ToEngine['type']>(type: T, from?: number) => Promise<Extract<ToEngine, { type: T }>>;
  readonly dispose: () => Promise<void>;
}

export async function openScriptedStage(
  options: Omit<StageOptions, 'meter' | 'unpacked'> = {},
): Promise<ScriptedStage> {
  const extension = scriptedExtension();
  const stage = await openStage({ ...options, meter: false, unpacked: [extension] });
  const folder = path.join(stage.home, 'engine');
  const script = path.join(folder, 'say');
  fs.mkdirSync(script, { recursive: true });
  let said = 0;
  return {
    stage,
    openWindow: async () => {
      const page = await stage.openWindow();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await item(page).waitFor({ timeout: 60_000 });
      return page;
    },
    say: (message) => {
      said += 1;
      const file = path.join(script, String(said).padStart(6, '0'));
      fs.writeFileSync(file, JSON.stringify(message));
      // Whole, or not there.
      fs.renameSync(file, `${file}.json`);
    },
    heard: async (type, from = 0) => {
      for (;;) {
        const message = messages(folder).filter((one) => isOf(one, type))[from];
        if (message !== undefined && isOf(message, type)) return message;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    dispose: async () => {
      await stage.dispose();
      removeFolder(extension);
    },
  };
}

/** Our extension as it is packaged, but for its engine. */
function scriptedExtension(): string {
  const folder = temporaryFolder('burn-meter-scripted-');
  for (const file of ['package.json', 'package.nls.json', 'dist/extension.cjs', 'dist/panel.js', 'dist/panel.css']) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.copyFileSync(path.join(repo, file), path.join(folder, file));
  }
  fs.cpSync(path.join(repo, 'media'), path.join(folder, 'media'), { recursive: true });
  fs.copyFileSync(path.join(repo, 'test/support/scriptedEngine.mjs'), path.join(folder, 'dist/engine.js'));
  return folder;
}

function isOf<T extends ToEngine['type']>(message: ToEngine, type: T): message is Extract<ToEngine, { type: T }> {
  return message.type === type;
}

function messages(folder: string): ToEngine[] {
  const file = path.join(folder, 'heard.jsonl');
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line): ToEngine => JSON.parse(line));
}
