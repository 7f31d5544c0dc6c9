import type { Cell } from '../../../model/comparison.ts';
import type { Exchange } from '../../../model/exchange.ts';
import type { RunReport } from '../../../model/verdict.ts';
import { sampleReport } from '../../../testing/report.ts';
import { type AttributeOptions, attribute, type Corner } from '../index.ts';

/** A difference in a header of `GET /notes`, unless `rest` says otherwise. */
export const cell = (location: string, rest: Partial<Cell> = {}): Cell => ({
  ...{ route: 'GET /notes', kind: 'header-value', location, severity: 'changed', exchanges: 1 },
  exemplars: [{ exchange: 1, request: 'GET /notes', old: 'a', new: 'b' }],
  ...rest,
});
const reportOf = (cells: Cell[]): RunReport => ({ ...sampleReport('x'), cells, notCompared: [] });
const exchange = (index: number, session: string): Exchange => ({
  ...{ schema: 'migrate/exchange', version: 1, index, source: 'har:x', session, response: null },
  request: { method: 'GET', origin: 'http://x', path: '/notes', headers: [], body: null },
});

/** Attributes with corners that show the given cells, by `code/runtime`. */
export function attributed(
  cells: Cell[],
  corners: Record<string, Cell[] | string>,
  rest: Partial<AttributeOptions> = {},
  routes: RunReport['routes'] = [],
) {
  const asked: { corner: Corner; exchanges: number[] }[] = [];
  const result = attribute({ ...reportOf(cells), routes }, {
    exchanges: [exchange(1, 's'), exchange(2, 's'), exchange(3, 't')],
    ...{ sameCode: false, routes: [], changes: { sets: 0, files: [] } },
    run: async (corner, exchanges) => {
      asked.push({ corner, exchanges: exchanges.map(({ index }) => index) });
      const shown = corners[`${corner.code}/${corner.runtime}`] ?? [];
      return typeof shown === 'string' ? shown : reportOf(shown);
    },
    ...rest,
  });
  return result.then((report) => ({ owners: report.cells.map(({ owner }) => owner?.kind), asked, report }));
}
