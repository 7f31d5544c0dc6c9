import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { PlacedFinding } from '../../model/findings.ts';
import { findingOf, findingsDocument } from './__fixtures__/findings.ts';
import { findingsSarif } from './sarif.ts';

// The package carries the schema of the standard, and a validator that knows its draft.
const own = createRequire(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json'));
const Ajv = own('ajv');
const ajv = new Ajv({ schemaId: 'auto', validateSchema: false });
ajv.addMetaSchema(own('ajv/lib/refs/json-schema-draft-04.json'));
const isValid = ajv.compile(own('./lib/schemas/sarif-2.1.0-rtm.5.json'));

const problems = (findings: PlacedFinding[], baseline: string | null = null): unknown[] => {
  isValid(JSON.parse(JSON.stringify(findingsSarif(findingsDocument(findings, { baseline }), '1.2.3'))));
  return isValid.errors ?? [];
};

describe('findings as SARIF', () => {
  it('are valid by the schema of the standard, with places and without, new, known and accepted', () => {
    const findings = [
      findingOf(),
      findingOf({ location: null, snippet: null, severity: 'differs' }),
      findingOf({ state: 'known', fingerprint: 'b' }),
      findingOf({ state: 'accepted', reason: 'the office is on Node', links: ['https://bun.com/docs'] }),
    ];
    expect(problems(findings)).toEqual([]);
    expect(problems(findings, '.migrate/baseline.json')).toEqual([]);
    expect(problems([])).toEqual([]);
  });

  it('are refused by that schema where a level is none of the standard: the check can fail', () => {
    const wrong = findingsSarif(findingsDocument([findingOf()]), '1.2.3') as {
      runs: { results: { level: string }[] }[];
    };
    const [result] = wrong.runs[0]?.results ?? [];
    if (result) result.level = 'blocks';
    expect(isValid(wrong)).toBe(false);
  });

  it('name the rule, the place, the line and what accepts it', () => {
    const accepted = findingOf({
      state: 'accepted',
      reason: 'on purpose',
      location: { file: 'a b/ü.js', line: 3, column: 7 },
    });
    const { runs } = findingsSarif(findingsDocument([findingOf(), accepted]), '1.2.3') as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: unknown[] }[];
    };
    expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['fs-workers']);
    expect(runs[0]?.results[1]).toMatchObject({
      ...{ ruleId: 'fs-workers', ruleIndex: 0, level: 'error' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%C3%BC.js', uriBaseId: 'SRCROOT' },
            region: { startLine: 3, startColumn: 7 },
          },
        },
      ],
      suppressions: [{ kind: 'external', justification: 'on purpose' }],
    });
  });
});
