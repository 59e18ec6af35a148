import assert from 'node:assert/strict';
import * as period from '../../../../src/core/period.ts';
import type { Span } from '../../../../src/core/query.ts';
import { isTimeZone, startOfDay, zoneOf } from '../../../../src/core/zone.ts';

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
const at = Date.parse;

describe('period', () => {
  // zone, an instant, the start of its day, the length of its day in hours
  const days: readonly [zone: string, instant: string, start: string, hours: number][] = [
    ['UTC', '2026-11-21T23:59:59.999Z', '2026-11-21T00:00:00Z', 24],
    ['Europe/Berlin', '2026-11-21T22:59:00Z', '2026-11-20T23:00:00Z', 24],
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', 25],
    ['America/New_York', '2026-03-08T12:00:00Z', '2026-03-08T05:00:00Z', 23],
    ['America/New_York', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00Z', 25],
    ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01T04:00:00Z', 25],
    ['Asia/Kolkata', '2026-06-01T18:29:59Z', '2026-05-31T18:30:00Z', 24],
    ['Asia/Kolkata', '2026-06-01T18:30:00Z', '2026-06-01T18:30:00Z', 24],
    ['Australia/Lord_Howe', '2026-04-05T00:00:00Z', '2026-04-04T13:00:00Z', 24.5],
    ['Australia/Lord_Howe', '2026-10-04T00:00:00Z', '2026-10-03T13:30:00Z', 23.5],
    // Midnight itself is skipped, or comes twice.
    ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00Z', 23],
    ['America/Havana', '2026-03-08T12:00:00Z', '2026-03-08T05:00:00Z', 23],
    ['America/Havana', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00Z', 25],
    ['America/Sao_Paulo', '2018-02-17T12:00:00Z', '2018-02-17T02:00:00Z', 25],
    ['America/Sao_Paulo', '2018-02-18T12:00:00Z', '2018-02-18T03:00:00Z', 24],
    ['America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00Z', 23],
    ['Pacific/Apia', '2011-12-31T12:00:00Z', '2011-12-31T10:00:00Z', 24],
    ['Pacific/Kiritimati', '2026-11-21T09:59:59Z', '2026-11-20T10:00:00Z', 24],
  ];
  for (const [zone, instant, start, hours] of days) {
    it(`${zone}: the day of ${instant}`, () => {
      const day = period.dayPeriod(period.dayKey(at(instant), zone), zone);
      assert.deepEqual([iso(startOfDay(at(instant), zone)), iso(day.since)], [start, start]);
      assert.equal((day.until - day.since) / 3_600_000, hours);
      assert.equal(period.dayKey(day.since - 1, zone) < period.dayKey(day.since, zone), true);
      assert.equal(period.dayKey(day.until - 1, zone), period.dayKey(day.since, zone));
    });
  }

  it('names days and hours, telling a repeated hour apart', () => {
    const berlin = zoneOf('Europe/Berlin');
    assert.equal(period.dayKey(at('2026-10-24T22:30:00Z'), berlin), '2026-10-25');
    assert.equal(period.hourKey(at('2026-10-25T00:30:00Z'), berlin), '2026-10-25T02:00+02:00');
    assert.equal(period.hourKey(at('2026-10-25T01:30:00Z'), berlin), '2026-10-25T02:00+01:00');
    assert.equal(period.hourKey(at('2026-06-01T04:45:00Z'), 'America/New_York'), '2026-06-01T00:00-04:00');
    assert.equal(at(period.hourKey(at('2026-06-01T18:45:00Z'), 'Asia/Kolkata')), at('2026-06-01T18:30:00Z'));
  });

  it('begins weeks on Monday and months on the first', () => {
    assert.equal(iso(period.weekStart(at('2026-11-22T22:59:00Z'), 'Europe/Berlin')), '2026-11-15T23:00:00Z');
    assert.equal(iso(period.weekStart(at('2026-11-22T23:00:00Z'), 'Europe/Berlin')), '2026-11-22T23:00:00Z');
    assert.equal(iso(period.weekStart(at('2026-10-25T12:00:00Z'), 'Europe/Berlin')), '2026-10-18T22:00:00Z');
    assert.equal(iso(period.monthStart(at('2026-11-01T12:00:00Z'), 'America/New_York')), '2026-11-01T04:00:00Z');
    assert.equal(iso(period.monthStart(at('2026-12-31T18:30:00Z'), 'Asia/Kolkata')), '2026-12-31T18:30:00Z');
  });

  describe('spans on 2026-10-27, 15:00 in Berlin, after the clock went back on the 25th', () => {
    const zone = 'Europe/Berlin';
    const now = at('2026-10-27T14:00:00Z');
    const spans: readonly [span: Span, since: string, until: string, before: string, beforeUntil: string][] = [
      ['today', '2026-10-26T23:00:00Z', '2026-10-27T23:00:00Z', '2026-10-25T23:00:00Z', '2026-10-26T14:00:00Z'],
      ['7d', '2026-10-20T22:00:00Z', '2026-10-27T23:00:00Z', '2026-10-13T22:00:00Z', '2026-10-20T13:00:00Z'],
      ['30d', '2026-09-27T22:00:00Z', '2026-10-27T23:00:00Z', '2026-08-28T22:00:00Z', '2026-09-27T13:00:00Z'],
      ['month', '2026-09-30T22:00:00Z', '2026-10-27T23:00:00Z', '2026-09-03T22:00:00Z', '2026-09-30T13:00:00Z'],
      ['all', '2026-09-09T22:00:00Z', '2026-10-27T23:00:00Z', '2026-07-23T22:00:00Z', '2026-09-09T13:00:00Z'],
      [
        { from: '2026-10-24', to: '2026-10-25' },
        '2026-10-23T22:00:00Z',
        '2026-10-25T23:00:00Z',
        '2026-10-21T22:00:00Z',
        '2026-10-23T22:00:00Z',
      ],
      [
        { from: '2026-10-25', to: '2026-10-24' },
        '2026-10-23T22:00:00Z',
        '2026-10-25T23:00:00Z',
        '2026-10-21T22:00:00Z',
        '2026-10-23T22:00:00Z',
      ],
    ];
    for (const [span, since, until, before, beforeUntil] of spans) {
      it(JSON.stringify(span), () => {
        const found = period.spanPeriod(span, now, zone, at('2026-09-10T08:00:00Z'));
        assert.deepEqual([iso(found.since), iso(found.until)], [since, until]);
        const previous = period.previousPeriod(found, zone, now);
        assert.deepEqual([iso(previous.since), iso(previous.until)], [before, beforeUntil]);
      });
    }
    it('without an instant compares whole periods', () => {
      const today = period.spanPeriod('today', now, zone, 0);
      assert.equal(period.previousPeriod(today, zone).until, today.since);
    });
    it('"all" is today before anything was recorded', () => {
      const today = period.spanPeriod('today', now, zone, 0);
      assert.deepEqual(period.spanPeriod('all', now, zone, now), today);
      assert.deepEqual(period.spanPeriod('all', now, zone, now + 99 * 3_600_000), today);
    });
  });

  describe('buckets', () => {
    const counts: readonly [zone: string, from: string, to: string, bucket: 'hour' | 'day', count: number][] = [
      ['Europe/Berlin', '2026-10-25', '2026-10-25', 'hour', 25],
      ['Europe/Berlin', '2026-03-29', '2026-03-29', 'hour', 23],
      ['Australia/Lord_Howe', '2026-04-05', '2026-04-05', 'hour', 25],
      ['Australia/Lord_Howe', '2026-10-04', '2026-10-04', 'hour', 24],
      ['Asia/Kolkata', '2026-10-04', '2026-10-05', 'hour', 48],
      ['America/New_York', '2026-10-31', '2026-11-02', 'day', 3],
      ['Europe/Berlin', '2026-10-01', '2026-10-31', 'day', 31],
    ];
    for (const [zone, from, to, bucket, count] of counts) {
      it(`${zone}: ${from} to ${to}`, () => {
        const span = period.spanPeriod({ from, to }, 0, zone, 0);
        const found = period.bucketsOf(span, zone);
        assert.deepEqual([found.bucket, found.buckets.length], [bucket, count]);
        assert.equal(found.buckets[0]?.at, span.since);
        const starts = found.buckets.map((b) => b.at);
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
        assert.ok((starts.at(-1) ?? 0) < span.until);
      });
    }
    it('labels a repeated hour twice', () => {
      const { buckets } = period.bucketsOf(period.dayPeriod('2026-10-25', 'Europe/Berlin'), 'Europe/Berlin');
      assert.deepEqual(
        buckets.slice(0, 5).map((b) => b.label),
        ['00:00', '01:00', '02:00', '02:00', '03:00'],
      );
    });
    it('begins with the hour that the period begins in', () => {
      const since = at('2026-11-21T10:30:00Z');
      const { buckets } = period.bucketsOf({ since, until: since + 3_600_000 }, 'UTC');
      assert.deepEqual(
        buckets.map((b) => b.label),
        ['10:00', '11:00'],
      );
    });
  });

  it('knows no day that is none', () => {
    assert.ok(Number.isNaN(period.dayPeriod('2026-13-01', 'UTC').since));
    assert.ok(Number.isNaN(period.dayPeriod('yesterday', 'UTC').until));
  });

  it('knows which zones the platform knows', () => {
    assert.deepEqual(['Europe/Berlin', 'UTC', 'Nowhere/Land', ''].map(isTimeZone), [true, true, false, false]);
  });
});
