import assert from 'node:assert/strict';
import * as format from '../../../../src/core/format.ts';

function table<T>(title: string, show: (value: T) => string, rows: readonly (readonly [T, string])[]): void {
  describe(title, () => {
    for (const [value, expected] of rows)
      it(`${String(value)} → ${expected}`, () => assert.equal(show(value), expected));
  });
}

describe('format', () => {
  table<number>('formatUsd', (v) => format.formatUsd(v), [
    [0, '$0.00'],
    [0.0000001, '<$0.01'],
    [0.0049, '<$0.01'],
    [0.005, '$0.01'],
    [0.42, '$0.42'],
    [0.845, '$0.85'],
    [13.1, '$13.10'],
    [999.99, '$999.99'],
    [999.994, '$999.99'],
    [999.995, '$1,000'],
    [1204.4, '$1,204'],
    [1_250_000, '$1,250,000'],
    [-0.42, '-$0.42'],
  ]);
  table<bigint | string>('formatUsdExact', (v) => format.formatUsdExact(v), [
    [0n, '$0.00'],
    [1n, '$0.000000000001'],
    [512_000n, '$0.000000512'],
    [16_500_000_000n, '$0.0165'],
    ['1250000000000', '$1.25'],
    [1_234_567_000_000_000_001n, '$1,234,567.000000000001'],
    [-16_500_000_000n, '-$0.0165'],
  ]);
  table<number>('formatUsdPerHour', (v) => format.formatUsdPerHour(v), [
    [3.1, '$3.10/h'],
    [0, '$0.00/h'],
  ]);
  table<number>('formatRate', (v) => format.formatRate(v), [
    [15, '$15.00'],
    [0.003625, '$0.003625'],
    [0.1, '$0.10'],
  ]);
  table<number>('formatTokens', (v) => format.formatTokens(v), [
    [0, '0'],
    [950, '950'],
    [999, '999'],
    [1000, '1k'],
    [1500, '1.5k'],
    [9949, '9.9k'],
    [9950, '10k'],
    [148_206, '148k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_200_000, '1.2M'],
    [12_400_000, '12M'],
    [2_000_000_000, '2B'],
  ]);
  table<number>('formatCount', (v) => format.formatCount(v), [
    [0, '0'],
    [148_206, '148,206'],
  ]);
  table<number>('formatPercent', (v) => format.formatPercent(v), [
    [0, '0%'],
    [0.001, '<1%'],
    [0.168, '17%'],
    [1, '100%'],
    [1.34, '134%'],
  ]);
  table<number>('formatDuration', (v) => format.formatDuration(v), [
    [-5, '0 s'],
    [8000, '8 s'],
    [59_499, '59 s'],
    [60_000, '1 min'],
    [72 * 60_000, '72 min'],
    [119.4 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [185 * 60_000, '3 h 5 min'],
    [48 * 3_600_000, '2 d'],
    [52 * 3_600_000, '2 d 4 h'],
  ]);
  table<number>('formatBytes', (v) => format.formatBytes(v), [
    [0, '0 B'],
    [512, '512 B'],
    [4200, '4.2 kB'],
    [4_200_000, '4.2 MB'],
    [999_700, '1 MB'],
    [1_073_741_824, '1.1 GB'],
  ]);
  table<bigint>('usd', (v) => String(format.usd(v)), [
    [0n, '0'],
    [42_000_000_000n, '0.042'],
    [1n, '1e-12'],
    [7_321_724_145_000n, '7.321724145'],
    [9_876_543_210_000_000n, '9876.54321'],
    [-1_500_000_000_000n, '-1.5'],
  ]);

  it('writes figures as the locale does', () => {
    assert.equal(format.formatUsd(1204.4, 'de').replaceAll('\u00a0', ' '), '1.204 $');
    assert.equal(format.formatTokens(1_200_000, 'de'), '1,2M');
    assert.equal(format.formatUsdExact(16_500_000_000n, 'de').replaceAll('\u00a0', ' '), '0,0165 $');
  });
});
