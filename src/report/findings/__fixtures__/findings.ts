import type { PlacedFinding, FindingsDocument } from '../../../model/findings.ts';

/** A finding, with these fields in place of its own. */
export const findingOf = (fields: Partial<PlacedFinding> = {}): PlacedFinding => ({
  ...{ rule: 'fs-workers', title: 'Files written in a Worker', category: 'storage', severity: 'blocks' },
  ...{ targets: ['workers'], message: 'a file written is gone', remedy: 'store it', refute: null, command: null, links: [] },
  ...{ source: 'measured', asOf: '2026-11-23', location: { file: 'app.js', line: 14, column: 3 } },
  ...{ snippet: "fs.writeFileSync('a', 'b');", fingerprint: 'a', state: 'new', reason: null },
  ...fields,
});

/** A document of one project with these findings. */
export const findingsDocument = (
  findings: PlacedFinding[],
  fields: Partial<FindingsDocument> = {},
): FindingsDocument => ({
  ...{ schema: 'migrate/findings', version: 1, name: 'shop', targets: ['workers@2026-07-30'] },
  rules: { loaded: 96, own: 0, asked: 40 },
  projects: [
    { folder: '.', name: 'shop', findings, totals: { blocks: findings.length, differs: 0, check: 0, advice: 0 } },
  ],
  practice: [],
  totals: { blocks: findings.length, differs: 0, check: 0, advice: 0 },
  ...{ known: 0, accepted: 0, baseline: null, dead: [], notChecked: [] },
  ...fields,
});
