import { expect, it } from 'vitest';
import { ExpectedDifference } from '../../../src/model/changeset.ts';
import { BEHAVIOURS } from './behaviours.ts';

it.each(Object.entries(BEHAVIOURS))('what is announced of %s can be read again', (_, { differences }) => {
  expect(differences.map((each) => ExpectedDifference.parse(each))).toEqual(differences);
});
