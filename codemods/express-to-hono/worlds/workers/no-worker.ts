import type { CodemodOutput } from '../../../../src/codemod/contract.ts';
import { at } from '../../../../src/model/at.ts';
import type { Location } from '../../../../src/model/location.ts';
import type { ExpressProgram } from '../../../../src/workspace/express/program.ts';
import { packagesIn } from '../../../../src/workspace/express/registrations.ts';
import type { Conversion } from '../../state/conversion.ts';
import { isInWorker } from '../../state/worker-files.ts';

/** What a Worker does not start with, in whichever world it is. */
const NO_WORKER = /^(workers\/(modules|server|undeclared)|entry\/server)$/;

/** Packages that a Worker does not start with: they read files of their own. Measured on workerd 2026-11-17 and 2026-11-29. */
const READS_AT_LOAD = new Set([
  'swagger-ui-express',
  'swagger-ui-dist',
  'errorhandler',
  '@bull-board/express',
]);

/** What keeps an application from running in a Worker at all, and where. */
export interface NoWorker {
  reason: string;
  location: Location;
}

/** The first place that keeps an application from running in a Worker at all, in whichever world it is. */
export function noWorker({ problems, program, options }: Conversion): NoWorker | null {
  const problem = problems.find(({ rule }) => NO_WORKER.test(rule));
  if (problem !== undefined) return { reason: problem.reason, location: problem.location };
  const reader = program.registrations
    .flatMap(({ handlers }) => handlers.flatMap(packagesIn))
    .find((one) => READS_AT_LOAD.has(one.package) && isInWorker({ options }, one.file));
  return reader === undefined
    ? null
    : {
        reason: `\`${reader.package}\` reads files from the disk as it loads, and the Worker does not start with it`,
        location: reader.file.locate(reader.node.start),
      };
}

/** What is told of an application that does not run in a Worker: each of its routes has what it lacks there. */
export function withoutWorker(
  output: CodemodOutput,
  { routes }: ExpressProgram,
  { reason, location }: NoWorker,
): CodemodOutput {
  const isTold = output.leftForYou.some((each) => each.reason.includes(reason));
  const left = {
    ...location,
    codemod: 'express-to-hono',
    rule: 'workers/entry',
    reason,
    blocks: true as const,
  };
  return {
    ...output,
    leftForYou: isTold ? output.leftForYou : [...output.leftForYou, left],
    limits: routes.map(({ method, path }) => ({
      ...{ route: `${method} ${path}`, runtime: 'workers', location },
      reason: `${reason} (${at(location)})`,
    })),
  };
}

/** What keeps an application from running in a Worker, in a sentence that names the place. */
export function whyNoWorker(conversion: Conversion): string | null {
  const found = noWorker(conversion);
  return found === null ? null : `${found.reason} (${at(found.location)})`;
}
