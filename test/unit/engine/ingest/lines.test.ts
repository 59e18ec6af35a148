import assert from 'node:assert/strict';
import { createLineScanner } from '../../../../src/engine/ingest/lines.ts';
import type { Line, LongLine } from '../../../../src/engine/ingest/lines.ts';

function scan(bytes: Buffer, chunk: number, markers: readonly string[], maxLine = 1000) {
  const lines: Line[] = [];
  const long: LongLine[] = [];
  const scanner = createLineScanner(
    { offset: 0, line: 0, markers: markers.map((m) => Buffer.from(m)), maxLine },
    { line: (line) => void lines.push(line), tooLong: (line) => void long.push(line) },
  );
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return { lines, long, offset: scanner.offset, line: scanner.line };
}

const cases: readonly { name: string; bytes: Buffer; markers: string[]; texts: string[]; line: number }[] = [
  {
    name: 'lines without a marker are skipped but counted',
    bytes: Buffer.from('a\nbMark\nc\n'),
    markers: ['Mark'],
    texts: ['1:bMark'],
    line: 3,
  },
  {
    name: 'any of several markers will do',
    bytes: Buffer.from('x1\ny2\nz3\n'),
    markers: ['1', '3'],
    texts: ['0:x1', '2:z3'],
    line: 3,
  },
  {
    name: 'a marker never counts across a line break',
    bytes: Buffer.from('xMa\nrk\n'),
    markers: ['Mark'],
    texts: [],
    line: 2,
  },
  {
    name: 'a torn last line is left',
    bytes: Buffer.from('Mark 1\nMark 2'),
    markers: ['Mark'],
    texts: ['0:Mark 1'],
    line: 1,
  },
  {
    name: 'carriage returns and a byte order mark go',
    bytes: Buffer.from('\ufeffMark 1\r\nMark 2\r\n'),
    markers: ['Mark'],
    texts: ['0:Mark 1', '1:Mark 2'],
    line: 2,
  },
  {
    name: 'invalid UTF-8 is replaced',
    bytes: Buffer.from([0x4d, 0xff, 0xfe, 0x0a]),
    markers: ['M'],
    texts: ['0:M\ufffd\ufffd'],
    line: 1,
  },
  {
    name: 'without markers every line counts',
    bytes: Buffer.from('a\n\nb\n'),
    markers: [],
    texts: ['0:a', '1:', '2:b'],
    line: 3,
  },
  {
    name: 'characters over a seam stay whole',
    bytes: Buffer.from('Mark é€😀\n'),
    markers: ['Mark'],
    texts: ['0:Mark é€😀'],
    line: 1,
  },
];

describe('line scanner', () => {
  for (const { name, bytes, markers, texts, line } of cases) {
    it(name, () => {
      for (let chunk = 1; chunk <= bytes.length + 1; chunk += 1) {
        const result = scan(bytes, chunk, markers);
        assert.deepEqual(
          result.lines.map((l) => `${l.line}:${l.text}`),
          texts,
          `chunk ${chunk}`,
        );
        assert.equal(result.line, line);
        assert.equal(result.offset, bytes.lastIndexOf(0x0a) + 1);
        for (const l of result.lines) assert.ok(l.offset === 0 || bytes[l.offset - 1] === 0x0a);
      }
    });
  }

  it('a line above the limit is told only when it could matter', () => {
    const bytes = Buffer.from(`${'x'.repeat(5000)}\n${'x'.repeat(3000)}Mark${'x'.repeat(3000)}\nMark\n`);
    for (const chunk of [1, 3, 64, 1000, 20_000]) {
      const { lines, long } = scan(bytes, chunk, ['Mark']);
      assert.deepEqual(long, [{ offset: 5001, line: 1, bytes: 6004 }]);
      assert.deepEqual(lines, [{ text: 'Mark', offset: 11_006, line: 2 }]);
    }
  });

  it('keeps no bytes of a line of 300 MB and reads on after it', function () {
    this.timeout(20_000);
    const lines: Line[] = [];
    const long: LongLine[] = [];
    const scanner = createLineScanner(
      { offset: 0, line: 0, markers: [Buffer.from('Mark')], maxLine: 64 * 1024 * 1024 },
      { line: (line) => void lines.push(line), tooLong: (line) => void long.push(line) },
    );
    const piece = Buffer.alloc(1024 * 1024, 'x');
    scanner.push(Buffer.from('Mark'));
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    for (let i = 0; i < 300; i += 1) {
      scanner.push(piece);
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }
    scanner.push(Buffer.from('\nMark\n'));
    assert.deepEqual(long, [{ offset: 0, line: 0, bytes: 300 * 1024 * 1024 + 4 }]);
    assert.deepEqual(
      lines.map((l) => l.text),
      ['Mark'],
    );
    assert.ok(peak < 160 * 1024 * 1024, `${peak} bytes`);
  });
});
