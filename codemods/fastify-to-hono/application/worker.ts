import { posix } from 'node:path';
import { isInstance } from '../../../src/workspace/server/readers/fastify/surface.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Creation } from './creation.ts';

/** The date that the output was tested with, and the flag that its packages need. */
const COMPATIBILITY = { compatibility_date: '2026-07-30', compatibility_flags: ['nodejs_compat'] };

/** How a module gives out its application: by default, or under a name; null where it does not. */
export function exportOf(flow: Flow, { file }: Creation): string | null {
  const module = flow.moduleOf(file.path);
  const holds = (values: Iterable<unknown>) => [...values].some((value) => isInstance(value as never));
  if (holds(module.assigned.values) || holds(flow.memberOf(module, 'default').values)) return 'default';
  return [...module.members].find(([name, cell]) => name !== '*' && holds(cell.values))?.[0] ?? null;
}

/** The entry of a Worker and its settings, by path. */
export function workerFiles(app: string, exported: string, name: string): Map<string, string> {
  const local = exported === 'default' ? 'app' : `{ ${exported} }`;
  const called = exported === 'default' ? 'app' : exported;
  const entry = [
    `import ${local} from './${posix.normalize(app)}';`,
    '',
    `export default {`,
    `  fetch: (request, env, context) => ${called}.fetch(request, env, context),`,
    `};`,
  ];
  const settings = { name, main: 'worker.js', ...COMPATIBILITY };
  return new Map([
    ['worker.js', `${entry.join('\n')}\n`],
    ['wrangler.jsonc', `${JSON.stringify(settings, null, 2)}\n`],
  ]);
}
