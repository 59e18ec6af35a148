import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBench } from '../../../support/ledgerBench.ts';
import type { Bench } from '../../../support/ledgerBench.ts';
import { plainLine } from '../../../support/plainSource.ts';
import { seeded } from '../../../support/seeded.ts';

// The model: a set of calls by id with their greatest output, fed by every whole line that was ever in the file when it
// was read; a whole record at the end is one too, whether its line break has come or not.
interface Model {
  text: string;
  readonly calls: Map<string, number>;
}

function readModel(model: Model): void {
  for (const line of model.text.split('\n')) {
    // A line cut in the middle and ended later is no record.
    const [, id, output] = /^{"usage":{"id":"(\w+)","output":(\d+)(?=[,}]).*}}$/.exec(line) ?? [];
    if (id !== undefined) model.calls.set(id, Math.max(Number(output), model.calls.get(id) ?? 0));
  }
}

function isRecord(line: string): boolean {
  return /^{"usage":.*}}$/.test(line);
}

function recorded(bench: Bench): Map<string, number> {
  const rows = bench.rows('SELECT key, output FROM call JOIN charge ON call = id ORDER BY key');
  return new Map(rows.map((r) => [String(r['key']), Number(r['output'])]));
}

function randomText(random: (n: number) => number): string {
  const kinds = [
    () => plainLine({ id: `c${random(40)}`, output: 1 + random(50) }),
    () => plainLine({ id: `c${random(40)}`, output: 1 + random(50), effort: 'é€😀'.repeat(random(30)) }),
    () => `${'x'.repeat(random(300))}\n`,
    () => '\n',
    () => `{"type":"other","n":${random(1000)}}\r\n`,
  ];
  return Array.from({ length: 1 + random(5) }, () => kinds[random(kinds.length)]?.() ?? '').join('');
}

describe('tailing a file', function () {
  this.timeout(20_000);
  for (const chunk of [1, 2, 3, 7, 64, 255, 4096, 65536]) {
    it(`agrees with the model under random writes at chunks of ${chunk} bytes`, () => {
      for (let seed = 1; seed <= 6; seed += 1) runScript(seed, chunk);
    });
  }
});

function runScript(seed: number, chunk: number): void {
  const random = seeded(seed * 1000 + chunk);
  const bench = createBench();
  const path = join(bench.folder, 'a.jsonl');
  const model: Model = { text: '', calls: new Map() };
  let pending = '';
  const steps: (() => void)[] = [
    () => {
      // A write that ends anywhere, also inside a character.
      pending += randomText(random);
      const bytes = Buffer.from(pending);
      let cut = random(bytes.length + 1);
      while (cut < bytes.length && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut += 1;
      appendFileSync(path, bytes.subarray(0, cut));
      model.text += bytes.subarray(0, cut).toString();
      pending = bytes.subarray(cut).toString();
    },
    () => {
      appendFileSync(path, pending);
      model.text += pending;
      pending = '';
    },
    () => {
      // Cut back in place, then written on.
      const keep = Buffer.from(model.text)
        .subarray(0, random(Buffer.byteLength(model.text) + 1))
        .toString()
        .replaceAll('\ufffd', '');
      truncateSync(path, 0);
      writeFileSync(path, keep);
      model.text = keep;
      pending = '\n';
    },
    () => {
      // Replaced by another file of the same name.
      const text = randomText(random);
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
      model.text = text;
      pending = '';
    },
    () => {
      rmSync(path);
      bench.read('a.jsonl', chunk);
      writeFileSync(path, '');
      model.text = '';
      pending = '';
    },
  ];
  writeFileSync(path, '');
  for (let i = 0; i < 40; i += 1) {
    // Mostly appends, as in life.
    steps[random(3) === 0 ? random(steps.length) : random(2)]?.();
    readModel(model);
    bench.read('a.jsonl', chunk);
    assert.deepEqual(
      recorded(bench),
      new Map([...model.calls].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      `seed ${seed}, step ${i}`,
    );
  }
  const living = bench.rows('SELECT offset, line, state FROM file WHERE gone = 0');
  const begun = model.text.slice(model.text.lastIndexOf('\n') + 1);
  const whole = isRecord(begun) ? model.text : model.text.slice(0, model.text.length - begun.length);
  assert.deepEqual(
    living.map(({ offset, line }) => ({ offset, line })),
    [{ offset: Buffer.byteLength(whole), line: whole.split('\n').length - 1 }],
  );
  bench.close();
}
