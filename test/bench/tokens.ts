// Token counting through the bundle: load time and memory, a usual prompt, and megabytes that take a tokenizer minutes.
//   node test/run.mjs bench:tokens
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTokenCounter } from '../../src/engine/tokens/counter.ts';
import { seeded } from '../support/seeded.ts';
import { repo } from '../vscode/places.mjs';

const million = 1_000_000;
const random = seeded(1);
const letters = (alphabet: string, length = million): string =>
  Array.from({ length }, () => alphabet.charAt(random(alphabet.length))).join('');
const latin = 'abcdefghijklmnopqrstuvwxyz';
const ideographs = String.fromCharCode(...Array.from({ length: 3000 }, (_, i) => 0x4e00 + i));

const texts: Readonly<Record<string, string>> = {
  'a prompt of 2 kB': 'Read the lines lazily, and write a test for each kind. '.repeat(37),
  '1 MB of one character': 'a'.repeat(million),
  '1 MB of spaces': ' '.repeat(million),
  '1 MB of base64': letters(`${latin}${latin.toUpperCase()}0123456789+/`),
  '1 M letters': letters(latin),
  '1 M ideographs (3 MB)': letters(ideographs),
};

const dist = pathToFileURL(`${path.join(repo, 'dist')}${path.sep}`);
const counter = createTokenCounter({
  entry: new URL('tokens.js', dist),
  assets: new URL('tiktoken/', dist),
  patience: 60_000,
  multipliers: () => new Map(),
  log: (_, message) => console.log(message),
});

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  const memory = process.memoryUsage.rss() / 1e6;
  console.log(`${name}: ${(performance.now() - start).toFixed(1)} ms · process ${memory.toFixed(0)} MB`);
}

console.log(`Node ${process.version}, process ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`);
const models = { cl100k_base: 'claude-opus-5-5', o200k_base: 'gpt-5.5' };
for (const [encoding, model] of Object.entries(models)) {
  await timed(`${encoding} loaded`, () => counter.warm(model));
  for (const [name, text] of Object.entries(texts)) await timed(`  ${name}`, () => counter.count(text, model));
}
counter.dispose();
