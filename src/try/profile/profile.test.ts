import { expect, it } from 'vitest';
import type { RawProfile } from './probe.ts';
import { readProfile } from './read.ts';

const DIR = '/srv/app';
const about = { runtime: 'node 22.1.0', seconds: 2, requests: 9, connection: null, dir: DIR };

/** A profile of functions by name, where they are, and how many samples they have. */
function profile(...all: [name: string, url: string, samples: number][]): RawProfile {
  const nodes = all.map(([functionName, url], id) => ({
    ...{ id, callFrame: { functionName, url, lineNumber: 11 } },
  }));
  const samples = all.flatMap(([, , count], id) => Array.from({ length: count }, () => id));
  return { nodes, samples, timeDeltas: samples.map(() => 500) };
}

it('names the functions that are the work, and what is no work of JavaScript’s runtime', () => {
  const found = readProfile(
    profile(
      ['(idle)', '', 100],
      ['(garbage collector)', '', 100],
      ['price', `file://${DIR}/src/price.js`, 500],
      ['sum', `${DIR}/node_modules/@acme/math/index.js`, 200],
      ['parse', 'node:internal/url', 100],
      ['(program)', '', 100],
    ),
    about,
  );
  expect(found).toMatchObject({
    ...{ verdict: 'not-javascript', busy: expect.closeTo(0.909), collector: 0.1 },
    owners: { application: 0.5, package: 0.2, node: 0.1, native: 0.1 },
  });
  expect(found.functions.slice(0, 2)).toEqual([
    { name: 'price', place: 'src/price.js:12', owner: 'application', self: 0.5 },
    { name: 'sum', place: '@acme/math', owner: 'package', self: 0.2 },
  ]);
  expect(found.sentence).toMatch(
    /^This is not a problem of the JavaScript runtime: 70 % of its work is in price \(src\/price\.js:12\) 50 %, sum .* to Go or Rust/,
  );
});

it('says that it waits, that nothing stands out, or that there was too little', () => {
  const own = (count: number): [string, string, number][] =>
    Array.from({ length: count }, (_, at) => [`f${at}`, `${DIR}/a.js`, 500 / count]);
  expect(readProfile(profile(['(idle)', '', 900], ...own(1)), about)).toMatchObject({
    verdict: 'waits',
    sentence: expect.stringContaining('idle for 64 %'),
  });
  expect(readProfile(profile(...own(20)), about).verdict).toBe('spread');
  expect(readProfile(profile(['x', `${DIR}/a.js`, 10]), about).verdict).toBe('too-little');
});
