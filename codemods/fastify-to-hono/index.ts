import type { Codemod, CodemodInput, CodemodOutput } from '../../src/codemod/contract.ts';
import { loadModules, type Modules, selectModules } from '../../src/workspace/syntax/modules.ts';
import { unfinishedIn } from './beside/unfinished.ts';
import { convert } from './convert.ts';
import { readProgram } from './read/program.ts';

/** Fastify 4 and 5 applications become Hono applications that answer the same. */
const codemod: Codemod = {
  id: 'fastify-to-hono',
  title: 'Fastify to Hono',
  from: 'fastify',
  to: 'hono',
  description:
    'Rewrites handlers, hooks and error handlers; plugins, schemas and what Fastify did by itself come as small readable files.',
  options: [
    {
      name: 'target',
      description: 'where it will run: each has its own server',
      values: ['node', 'bun', 'deno', 'workers'],
      default: 'node',
    },
  ],
  prefilter: /fastify/,
  run,
};

export default codemod;

const NOTHING: CodemodOutput = {
  ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
  ...{ outcomes: [], leftForYou: [], limits: [], next: [] },
};

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const modules = await modulesIn(input);
  const unfinished = unfinishedIn(modules);
  if (unfinished.length > 0) return { ...NOTHING, unfinished };
  const program = readProgram(modules);
  if (program === null || (program.calls.length === 0 && program.routes.length === 0)) return NOTHING;
  return convert(input, modules, program);
}

async function modulesIn({ modules, root, read, paths }: CodemodInput): Promise<Modules> {
  if (modules === undefined) return loadModules({ root, paths, read });
  const wanted = new Set(paths);
  return selectModules(modules, (path) => wanted.has(path));
}
