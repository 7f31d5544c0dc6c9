import { describe, expect, it } from 'vitest';
import { unexplained } from '../__fixtures__/unexplained.ts';

const id = (n: number) => `0000000${n}-1111-4222-8333-444444444444`;

describe('a value made anew is explained only in the form of the old one', () => {
  it('a date of the same form: unit, format, precision and zone are part of it', () => {
    const now = Date.now();
    const iso = new Date(now).toISOString();
    const left = (old: unknown, next: unknown) =>
      unexplained(
        { body: JSON.stringify({ at: old }) },
        { body: JSON.stringify({ at: next }) },
        { varies: true },
      );
    expect(left(now, now + 3)).toEqual([]);
    expect(left(iso, new Date(now + 3).toISOString())).toEqual([]);
    expect(left('2026-01-01T00:00:00.12Z', '2026-01-01T00:00:00.123Z')).toEqual([]);
    const other = ['json-value body.at'];
    expect(left(now, Math.floor(now / 1000))).toEqual(other);
    expect(left(iso, iso.slice(0, -1))).toEqual(other);
    expect(left(iso, new Date(now).toUTCString())).toEqual(other);
    expect(left(iso, iso.replace(/\.\d+/, ''))).toEqual(other);
    expect(left(iso, iso.replace('T', ' '))).toEqual(other);
    expect(left('2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00+00:00')).toEqual(other);
  });
  it('a token or id of the same form: version, case and length are part of it', () => {
    const left = (old: string, next: string) =>
      unexplained(
        { body: JSON.stringify({ v: old }) },
        { body: JSON.stringify({ v: next }) },
        { varies: true },
      );
    expect(left(id(1), '00000002-1111-7222-8333-444444444444')).toEqual(['json-value body.v']);
    expect(left('aaaaaaaa-1111-4222-8333-444444444444', 'BBBBBBBB-1111-4222-8333-44444444444F')).toEqual([
      'json-value body.v',
    ]);
    expect(left('a1'.repeat(32), 'b1'.repeat(32))).toEqual([]);
    expect(left('a1'.repeat(32), 'b1'.repeat(16))).toEqual(['json-value body.v']);
    expect(left('a1'.repeat(32), 'B1'.repeat(32))).toEqual(['json-value body.v']);
  });
  it('a measurement of the same unit and size, and a process id only where it varies', () => {
    const left = (name: string, old: number, next: number, varies = true) =>
      unexplained(
        { body: JSON.stringify({ [name]: old }) },
        { body: JSON.stringify({ [name]: next }) },
        { varies },
      );
    for (const [name, old, next] of [
      ['uptime', 3.2, 7.9],
      ['uptime', 3200, 7900],
      ['rss', 80_000_000, 140_000_000],
      ['durationMs', 0.4, 15],
      ['took', 12, 0],
      ['pid', 1234, 987],
    ] as const)
      expect([name, left(name, old, next)]).toEqual([name, []]);
    for (const [name, old, next] of [
      ['uptime', 3.2, 3200],
      ['rss', 80_000_000, 80],
      ['durationMs', 3.4, 4200],
      ['took', 12, 0.012],
    ] as const)
      expect([name, left(name, old, next)]).toEqual([name, [`json-value body.${name}`]]);
    expect(left('pid', 17, 18, false)).toEqual(['json-value body.pid']);
  });
});
