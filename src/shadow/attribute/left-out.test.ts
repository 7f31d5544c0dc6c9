import { describe, expect, it } from 'vitest';
import type { LeftOut } from '../../model/changeset.ts';
import { expectedBy, type Seen } from './left-out.ts';

const place = { file: 'app.js', line: 1, column: 1 };
const leftOut = (behaviour: string, differences: LeftOut['differences']): LeftOut => ({
  ...{ behaviour, codemod: 'c', rule: behaviour, about: behaviour, scope: 'application', places: [place] },
  differences,
});
const status = (request: string): Seen => ({
  ...{ route: 'GET /users/:id', location: 'status', kind: 'status' },
  exemplars: [{ request, old: '500', new: '401' }],
});
const announced = [
  leftOut('routing', [{ location: 'status', kind: 'status', when: ['bad-escape'], about: 'an escape' }]),
  leftOut('body', [{ location: 'status', kind: 'status', when: ['odd-body'], about: 'a body' }]),
];
const names = (cell: Seen) =>
  expectedBy(cell, announced, null).map(({ leftOut: { behaviour } }) => behaviour);

describe('the edit that announced a difference', () => {
  it('is the one whose kind of request this is, where the first line of the request tells', () => {
    expect(names(status('GET /users/%E0%A4%A'))).toEqual(['routing']);
  });

  it('is none that speaks of other requests; what the line does not tell is left open', () => {
    expect(names(status('GET /users/1'))).toEqual(['body']);
    expect(names({ ...status('GET /users/1'), exemplars: [{ old: '500', new: '401' }] })).toEqual([
      'routing',
      'body',
    ]);
  });

  it('is held to what both values are the same in', () => {
    const charset = leftOut('charset', [
      { location: 'header:content-type', kind: 'header-value', same: 'charset', about: 'no charset' },
    ]);
    const type = (old: string, next: string): Seen => ({
      ...{ location: 'header:content-type', kind: 'header-value' },
      exemplars: [{ old, new: next }],
    });
    const json = type('application/json; charset=utf-8', 'application/json');
    expect(expectedBy(json, [charset], null)).toHaveLength(1);
    expect(expectedBy(type('text/html; charset=utf-8', 'application/json'), [charset], null)).toEqual([]);
  });
});
