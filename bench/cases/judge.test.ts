import { describe, expect, it } from 'vitest';
import { BEHAVIOURS } from '../../codemods/express-to-hono/state/behaviours.ts';
import type { LeftOut } from '../../src/model/changeset.ts';
import { untold } from './judge.ts';

const leftOut = (...names: (keyof typeof BEHAVIOURS)[]): LeftOut[] =>
  names.map((behaviour) => ({
    ...{
      behaviour,
      codemod: 'express-to-hono',
      rule: `parity/${behaviour}`,
      scope: 'application',
      places: [{ file: 'app.js', line: 1, column: 1 }],
    },
    about: BEHAVIOURS[behaviour].about,
    differences: [...BEHAVIOURS[behaviour].differences],
  }));
const open = (was: string, is: string, all: LeftOut[], told: { see: string; says: string }[] = []) =>
  untold([{ see: 'GET /', was, is }], all, told, 'A path with a backslash gets 400 now.').length;

describe('a difference is told', () => {
  it('when every part of it is left out by name', () => {
    const was = '200 content-type=text/html; charset=utf-8 | etag=W/"1-hvfkN/qlp/zhXR3cuerq6jd2Z7g" · a';
    expect(open(was, '200 content-type=text/html; charset=UTF-8 · a', leftOut('etag', 'charset'))).toBe(0);
    expect(open(was, '200 content-type=text/html; charset=UTF-8 · a', leftOut('etag'))).toBe(1);
    expect(open(was, '200 content-type=text/html; charset=UTF-8 · b', leftOut('etag', 'charset'))).toBe(1);
    expect(open(was, '500 content-type=text/html; charset=UTF-8 · a', leftOut('etag', 'charset'))).toBe(1);
  });

  it('in the form without bars, too', () => {
    const was = '200 vary=Origin, Accept etag=W/"1-hvfkN/qlp/zhXR3cuerq6jd2Z7g" content-length=9 full';
    expect(open(was, '200 vary=Origin, Accept etag=undefined content-length=9 full', leftOut('etag'))).toBe(
      0,
    );
    expect(open(was, '200 vary=Origin etag=undefined content-length=9 full', leftOut('etag'))).toBe(1);
    expect(open(was, '200 vary=Origin, Accept etag=undefined content-length=9 empty', leftOut('etag'))).toBe(
      1,
    );
  });

  it('when the words expected of it are in the output', () => {
    expect(open('a', 'b', [], [{ see: 'GET /', says: 'a backslash' }])).toBe(0);
    expect(open('a', 'b', [], [{ see: 'GET /', says: 'a slash' }])).toBe(1);
    expect(open('a', 'b', [], [{ see: 'GET /x', says: 'a backslash' }])).toBe(1);
  });
});
