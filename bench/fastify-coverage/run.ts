import fastifyToHono from '../../codemods/fastify-to-hono/index.ts';
import type { CoverageCase, Framework } from '../express-coverage/cases.ts';
import { type CoverageRun, loadCases, runCoverage } from '../express-coverage/run.ts';

/** What cases are written with. */
const FASTIFY: Framework = { name: 'fastify', ranges: { 4: '^4.29.0', 5: '^5.0.0' }, types: {} };

/** Every case of the codemod, or those whose id holds a text. */
export const fastifyCases = (only = ''): Promise<CoverageCase[]> =>
  loadCases(only, 'fastify-to-hono', FASTIFY);

/** Runs cases: the original on Node, the converted one on each runtime. See `runCoverage`. */
export const runFastifyCoverage = (
  cases: readonly CoverageCase[],
  names: readonly string[],
  options: { keep?: boolean; say?: (text: string) => void } = {},
): Promise<CoverageRun> => runCoverage(cases, names, { ...options, codemod: fastifyToHono });
