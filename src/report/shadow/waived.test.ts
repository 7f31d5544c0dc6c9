import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../model/verdict.ts';
import type { WaiverUse } from '../../model/waiver.ts';
import { recordingIo } from '../../testing/io.ts';
import { sampleReport } from '../../testing/report.ts';
import { renderShadowHtml } from '../html.ts';
import { printShadowRun } from './shadow.ts';

const use = (id: string, fields: Partial<WaiverUse>): WaiverUse => ({
  ...{ id, route: '*', location: 'header:etag', reason: 'left out', expires: '2999-01-01' },
  ...{ state: 'used', exchanges: 3, ...fields },
});
const owner = { codemod: 'express-to-hono', rule: 'parity/etag', files: ['src/app.js'] };
const cell = (id: string, route: string, exchanges: number): RunReport['cells'][number] => ({
  ...{ route, kind: 'header-missing', location: 'header:etag', severity: 'changed', exchanges },
  ...{ explained: { by: 'waiver', id }, exemplars: [] },
});
const report: RunReport = {
  ...sampleReport('x'),
  waivers: [
    use('waiver-1', { owner, places: [{ file: 'src/app.js', line: 16, column: 1 }] }),
    use('waiver-2', { owner, location: 'status', places: [{ file: 'src/app.js', line: 16, column: 1 }] }),
    use('waiver-3', { owner: { ...owner, rule: 'parity/body' }, state: 'dead', exchanges: 0 }),
    use('waiver-4', { route: 'GET /me', location: 'header:x-old', reason: 'nobody reads it' }),
  ],
  cells: [cell('waiver-1', 'GET /a', 60), cell('waiver-2', 'GET /b', 1), cell('waiver-4', 'GET /me', 2)],
};

const OWNED = '61 differences, owned by express-to-hono/parity/etag at src/app.js:16';
const OWN = '2 differences: GET /me header:x-old: nobody reads it';

describe('what waivers accepted', () => {
  it('is said on the terminal by the edit that owns it, and one by one where nobody does', () => {
    const { io, printed } = recordingIo('/');
    printShadowRun(io, report, []);
    const lines = printed.out.filter((line) => line.startsWith('waived'));
    expect(lines).toEqual([
      `waived       ${OWNED} (until 2999-01-01)`,
      `waived       ${OWN} (until 2999-01-01)`,
    ]);
  });

  it('is said in the page too, without what was prepared and met nothing', () => {
    const page = renderShadowHtml(report);
    expect(page).toContain(OWNED);
    expect(page).toContain(OWN);
    expect(page).not.toContain('parity/body');
    expect(page).not.toContain('waiver waiver-3');
  });
});
