import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import { giveTo } from '../../../src/workspace/server/handlers.ts';
import type { NotFollowed, Scope, ServerRoute } from '../../../src/workspace/server/model.ts';
import { readServers } from '../../../src/workspace/server/read.ts';
import fastify from '../../../src/workspace/server/readers/fastify/index.ts';
import { instanceMember } from '../../../src/workspace/server/readers/fastify/surface.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import { type Modules, selectModules } from '../../../src/workspace/syntax/modules.ts';
import { parametersOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Given, InstanceCall, Unit } from '../state.ts';
import { type Roles, readRoles, unitOf } from './roles.ts';

/** What a repository does with Fastify. */
export interface Program {
  flow: Flow;
  routes: readonly ServerRoute[];
  scopes: readonly Scope[];
  notFollowed: readonly NotFollowed[];
  calls: readonly InstanceCall[];
  units: Map<SyntaxNode, Unit>;
  roles: Roles;
}

const GIVEN = ['request', 'reply', 'done'] as const;

/** Reads the application: tests are no part of it. Null where nothing makes or extends a Fastify application. */
export function readProgram(modules: Modules): Program | null {
  const own = selectModules(modules, (path) => !isTestFile(path));
  const { flow, routes, scopes, notFollowed } = readServers(own, { readers: [fastify] });
  if (flow === null) return null;
  const calls: InstanceCall[] = [];
  const seen = new Set<string>();
  for (const { callee, file, node } of flow.externalCalls) {
    const found = instanceMember(callee);
    const key = `${file.path} ${node.start} ${node.end}`;
    if (found === null || seen.has(key)) continue;
    seen.add(key);
    calls.push({ file, node, ...found });
  }
  const roles = readRoles(flow, calls);
  handOut(flow, roles.units);
  const units = new Map(roles.units);
  addHelpers(flow, units);
  return { flow, routes, scopes, notFollowed, calls, units, roles };
}

/** Follows requests, replies and callbacks through the application's own functions. */
function handOut(flow: Flow, units: ReadonlyMap<SyntaxNode, Unit>): void {
  for (const { node, parameters } of units.values()) {
    const fn = flow.functionOf(node);
    if (fn === null) continue;
    for (const [index, given] of parameters.entries())
      if (given !== null && given !== 'error' && given !== 'payload' && given !== 'body')
        giveTo(flow, fn, index, flow.marker(given));
  }
  flow.settle();
}

/** Functions that are handed a request or a reply by others. */
function addHelpers(flow: Flow, units: Map<SyntaxNode, Unit>): void {
  for (const fn of flow.functions()) {
    const parameters = parametersOf(fn.node);
    const given = parameters.map((_, index): Given | null => {
      const values = [...(fn.parameters[index]?.values ?? [])];
      return (
        GIVEN.find((each) => values.some((value) => value.kind === 'marker' && value.name === each)) ?? null
      );
    });
    if (given.every((each) => each === null) || units.has(fn.node)) continue;
    const unit = unitOf(fn.file, fn.node, 'helper', given);
    unit.isMixed = parameters.some(
      (_, index) => given[index] !== null && (fn.parameters[index]?.values.size ?? 0) > 1,
    );
    units.set(fn.node, unit);
  }
}
