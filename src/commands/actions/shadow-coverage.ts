import { resolve } from 'node:path';
import { ExitCode } from '../../model/exit.ts';
import type { Io } from '../../report/io.ts';
import { printCoverage } from '../../report/shadow/coverage.ts';
import { coverageOf } from '../../shadow/index.ts';
import { routesOf, trafficOf } from '../traffic.ts';

export interface Options {
  traffic: string;
  dir: string;
  json?: boolean;
}

/** `migrate shadow coverage`: the routes that traffic reaches. */
export async function coverage(io: Io, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const routes = await routesOf(io, resolve(io.cwd, options.dir));
  const reached = coverageOf(await trafficOf(io, options.traffic, routes), routes);
  if (io.json) io.document(reached);
  printCoverage(io, reached);
  if (reached.counts.routes === 0) return ExitCode.invalid;
  return reached.counts.uncovered > 0 ? ExitCode.findings : ExitCode.ok;
}
