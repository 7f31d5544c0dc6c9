import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readComparisons, sourcesDigest } from '../../src/workspace/evidence/script-comparisons.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { assertProduction } from './decide.ts';

const cases = fileURLToPath(new URL('cases/', import.meta.url));
const withEvidence = readdirSync(cases).filter((name) => existsSync(join(cases, name, 'before/.migrate')));

describe('the evidence of a case', () => {
  it.each(withEvidence)('%s is of its files, unless it is to be of others', async (name) => {
    const root = join(cases, name, 'before');
    // Not as git lists them: a case is run in a folder of its own, where there is no git.
    const found = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    const { read } = await openRepository(root);
    const digest = await sourcesDigest({ files: found.filter((path) => !path.startsWith('.migrate')), read });
    const [evidence] = readComparisons(root);
    if (name === 'other-files') expect(evidence?.sources).not.toBe(digest);
    else expect(evidence?.sources).toBe(digest);
  });
});

describe('production', () => {
  const before = new Map([
    ['start', 'npm run prepare-data && node server.js'],
    ['prepare-data', 'node prepare.js'],
    ['report', 'node report.js'],
  ]);
  it('may not be started by another command, by itself or by what it runs', () => {
    const change = (name: string) => () =>
      assertProduction(before, new Map([...before, [name, 'bun x.js']]), []);
    expect(change('start')).toThrow(/would change start, which production starts/);
    expect(change('prepare-data')).toThrow(/would change prepare-data/);
    expect(change('report')).not.toThrow();
    const image = { file: 'Dockerfile', line: 1, column: 1, script: 'report', who: 'the image' };
    expect(() => assertProduction(before, new Map([...before, ['report', 'bun x.js']]), [image])).toThrow(
      /would change report/,
    );
  });
});
