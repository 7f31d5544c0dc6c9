import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWaivers } from '../../workspace/waivers/read.ts';
import { found } from '../compare/found.ts';
import { waivers } from './index.ts';

const base = { route: 'GET /notes', location: 'body.score', reason: 'random', expires: '2999-01-01' };
const read = (waiver: object) => {
  const file = join(mkdtempSync(join(tmpdir(), 'waivers-')), 'waivers.yaml');
  writeFileSync(file, JSON.stringify({ waivers: [waiver] }));
  return readWaivers(file);
};

describe('a waiver', () => {
  it.each([
    ['any place of any route', { route: '*', location: '*' }, /would explain any difference/],
    ['any status', { route: '*', location: 'status' }, /would explain any difference/],
    ['any place of a route', { location: '*' }, /location "\*" would explain/],
    ['noise of the whole body', { location: 'body', noise: true }, /would cover the whole answer/],
    ['noise of a status', { location: 'status', noise: true }, /would cover the whole answer/],
    ['noise that changes structure', { noise: true, kind: 'json-missing' }, /cannot explain "json-missing"/],
  ])('that is too broad is refused: %s', (_, change, message) => {
    expect(() => read({ ...base, ...change })).toThrow(message);
  });

  it('for noise covers other values where the old side does not repeat itself, and nothing else', () => {
    const target = { runtime: 'bun', version: '1.4.5' };
    const list = waivers(read({ ...base, noise: true }), target, '2026-11-23');
    const value = found('json-value', 'body.score', '1', '2');
    expect(list.covers('GET /notes', value, true)).toMatchObject({ id: 'waiver-1' });
    expect(list.covers('GET /notes', value, false)).toBeNull();
    expect(list.covers('GET /notes', found('json-missing', 'body.score', '1', null), true)).toBeNull();
    expect(list.warnings()[0]).toContain('matched nothing in this run');
  });
});
