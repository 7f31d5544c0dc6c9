import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import { isTestFile } from '../../src/workspace/express/analyze.ts';
import { readServers } from '../../src/workspace/server/read.ts';
import koaReader from '../../src/workspace/server/readers/koa/index.ts';
import type { ExternalValue } from '../../src/workspace/syntax/flow/values.ts';
import { loadModules, selectModules } from '../../src/workspace/syntax/modules.ts';
import { convertAll } from './convert.ts';
import { outputOf } from './output.ts';
import { ID, type Target } from './state/conversion.ts';

/** Reads the repository and converts what Koa has in it. */
export async function run(input: CodemodInput): Promise<CodemodOutput> {
  const all =
    input.modules ?? (await loadModules({ root: input.root, paths: input.paths, read: input.read }));
  const modules = selectModules(all, (path) => !isTestFile(path));
  const { flow, routes } = readServers(modules, { readers: [koaReader] });
  const failed = new Map(modules.failed.map(({ path, reason }) => [path, reason]));
  const none: CodemodOutput = {
    edits: new Map<string, SpanEdit[]>(),
    created: new Map(),
    deleted: [],
    skipped: new Map(),
    failed,
    outcomes: [],
    leftForYou: [],
    limits: [],
    next: [],
  };
  if (flow === null) return none;
  const cv = convertAll(flow, modules, targetOf(input.options.target), routes.length);
  return cv === null ? none : outputOf(input, all, cv, none, routes);
}

const targetOf = (value: unknown): Target =>
  value === 'bun' || value === 'deno' || value === 'workers' ? value : 'node';

export type { ExternalValue };
export { ID };
