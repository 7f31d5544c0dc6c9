import { expect, it } from 'vitest';
import { preparedWaivers } from '../../../src/codemod/prepared-waivers.ts';
import { ExpectedDifference } from '../../../src/model/changeset.ts';
import { BEHAVIOURS } from './behaviours.ts';

it.each(Object.entries(BEHAVIOURS))('what is announced of %s can be read again', (_, { differences }) => {
  expect(differences.map((each) => ExpectedDifference.parse(each))).toEqual(differences);
});

it('the texts of a page of Swagger UI are told by a waiver that is prepared', () => {
  const { about, differences } = BEHAVIOURS['api-page'];
  const leftOut = {
    ...{ codemod: 'express-to-hono', rule: 'parity/api-page', behaviour: 'api-page', about },
    scope: 'handler' as const,
    places: [{ file: 'app.js', line: 1, column: 1 }],
    differences: [...differences],
  };
  const locations = preparedWaivers([leftOut], '2027-01-01').map(({ location }) => location);
  expect(locations).toContain('body');
});
