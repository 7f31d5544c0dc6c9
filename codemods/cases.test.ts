import { describe, expect, it } from 'vitest';
import { checkCase, checkFolder } from '../src/codemod/case-checks.ts';
import { readCases } from '../src/codemod/cases.ts';
import { CODEMODS, codemodIds, loadCodemod } from '../src/codemod/registry.ts';

const ids = await codemodIds();

describe.each(ids)('%s', async (id) => {
  it('has a README, cases, and a case that must not change', async () => {
    expect(await checkFolder(CODEMODS, id)).toEqual([]);
  });

  it.each((await readCases(CODEMODS, id)).map((one) => [one.name, one] as const))(
    'case %s',
    async (_, one) => {
      expect(await checkCase(await loadCodemod(id), one)).toEqual([]);
    },
  );
});

describe('the registry', () => {
  it('takes what codemods share for none of them', () => expect(ids).not.toContain('shared'));

  it('names the codemods there are when one is not found', async () => {
    await expect(loadCodemod('express-to-nowhere')).rejects.toMatchObject({
      code: 'NO_SUCH_CODEMOD',
      exitCode: 2,
    });
  });
});
