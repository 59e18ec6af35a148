import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { init, Tiktoken } from 'tiktoken/lite/init';
import * as z from 'zod';
import type { Encoding } from '../../core/tokens/family.ts';
import { createRunCutter } from '../../core/tokens/runs.ts';

// Counts on a thread of its own. What is thrown here, a trap of the wasm too, ends the thread: nothing is counted on
// with a memory that nobody vouches for.

type Instantiate = Parameters<typeof init>[0];
/** Missing in the compiler's library for Node. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: Parameters<Instantiate>[0]): ReturnType<Instantiate>;
};

const { assets } = z.object({ assets: z.string() }).parse(workerData);
const asked = z.object({ id: z.int(), encoding: z.enum(['o200k_base', 'cl100k_base']), text: z.string() });
const vocabulary = z.object({ pat_str: z.string(), bpe_ranks: z.string() });

const asset = (path: string): URL => new URL(path, assets);
const wasm = init(async (imports) => WebAssembly.instantiate(await readFile(asset('lite/tiktoken_bg.wasm')), imports));
const cut = createRunCutter();
const loaded = new Map<Encoding, Promise<Tiktoken>>();

async function load(encoding: Encoding): Promise<Tiktoken> {
  const [text] = await Promise.all([readFile(asset(`encoders/${encoding}.json`), 'utf8'), wasm]);
  const { bpe_ranks: ranks, pat_str: pattern } = vocabulary.parse(JSON.parse(text));
  // Without special tokens: `<|endoftext|>` in a prompt is text, as the vendors count it.
  return new Tiktoken(ranks, {}, pattern);
}

async function count(encoding: Encoding, text: string): Promise<number> {
  const encoder = loaded.get(encoding) ?? load(encoding);
  loaded.set(encoding, encoder);
  const tokenizer = await encoder;
  return cut(text).reduce((sum, part) => sum + tokenizer.encode_ordinary(part).length, 0);
}

parentPort?.on('message', (raw: unknown) => {
  const { id, encoding, text } = asked.parse(raw);
  void count(encoding, text).then((tokens) => parentPort?.postMessage({ id, tokens }));
});
