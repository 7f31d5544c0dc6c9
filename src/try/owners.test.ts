import { describe, expect, it } from 'vitest';
import type { TryCause } from '../model/try.ts';
import type { Row } from './context.ts';
import { type ComparedRow, giveOwners } from './owners.ts';

/** A compared row that differs in these places, each a cause of its own. */
function row(spec: string, code: 'as-is' | 'converted', ...keys: string[]): ComparedRow {
  const causes = keys.map(
    (title): TryCause => ({ title, requests: 1, routes: ['GET /'], owner: 'unknown', example: null }),
  );
  return {
    row: { way: { spec, name: spec, code } } as Row,
    compared: {
      answers: { same: 0, of: keys.length, causes, limits: [] },
      ...{ keys: new Set(keys), causeKeys: keys.map((key) => [key]), notes: [], answersOfOthers: undefined },
      ran: {} as ComparedRow['compared']['ran'],
    },
  };
}
const owners = ({ compared }: ComparedRow) =>
  Object.fromEntries(compared.answers.causes.map(({ title, owner }) => [title, owner]));

describe('whose a difference is', () => {
  it('is told by the other rows: same code on the old runtime, old code on the same runtime', () => {
    const bun = row('bun', 'as-is', 'a', 'c');
    const here = row('node@22', 'converted', 'b', 'c');
    const both = row('bun', 'converted', 'a', 'b', 'c', 'd');
    giveOwners([bun, here, both], 'node@22');
    expect(owners(bun)).toEqual({ a: 'runtime', c: 'runtime' });
    expect(owners(here)).toEqual({ b: 'codemod', c: 'codemod' });
    expect(owners(both)).toEqual({ a: 'runtime', b: 'codemod', c: 'either', d: 'interaction' });
  });

  it('is not known where one of them did not run', () => {
    const both = row('bun', 'converted', 'a');
    giveOwners([row('bun', 'as-is', 'a'), both], 'node@22');
    expect(owners(both)).toEqual({ a: 'unknown' });
  });
});
