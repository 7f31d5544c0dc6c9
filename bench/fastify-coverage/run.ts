import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyToHono from '../../codemods/fastify-to-hono/index.ts';
import { type CoverageCase, readCases } from '../express-coverage/cases.ts';
import { type CoverageRun, repositoryRoot, runCoverage } from '../express-coverage/run.ts';

/** What cases of a release ask for. */
const RANGES = { 4: '^4.29.0', 5: '^5.12.0' };

/** Every case of the codemod, or those whose id holds a text. */
export async function fastifyCases(only = ''): Promise<CoverageCase[]> {
  const root = repositoryRoot();
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const all = await readCases(
    join(root, 'codemods', 'fastify-to-hono', 'coverage', 'cases'),
    devDependencies,
  );
  return all.filter(({ id }) => id.includes(only)).map(withFastify);
}

/** A case whose package.json asks for Fastify. */
function withFastify(one: CoverageCase): CoverageCase {
  const manifest = JSON.parse(one.files.get('package.json') ?? '{}');
  const { express, ...rest } = manifest.dependencies;
  const { '@types/express': types, ...tools } = manifest.devDependencies ?? {};
  const dependencies = { fastify: RANGES[one.express], ...rest };
  const text = JSON.stringify({ ...manifest, dependencies, devDependencies: tools }, null, 2);
  const installedAs: Record<string, string> =
    one.express === 4
      ? {
          fastify: 'fastify4',
          '@fastify/fast-json-stringify-compiler': '@fastify/fast-json-stringify-compiler4',
        }
      : {};
  return { ...one, ...{ installedAs }, files: new Map([...one.files, ['package.json', `${text}\n`]]) };
}

/** Runs cases: the original on Node, the converted one on each runtime. See `runCoverage`. */
export const runFastifyCoverage = (
  cases: readonly CoverageCase[],
  names: readonly string[],
  options: { keep?: boolean; say?: (text: string) => void } = {},
): Promise<CoverageRun> => runCoverage(cases, names, { ...options, codemod: fastifyToHono });
