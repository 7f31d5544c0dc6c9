import type { ServerProgram } from '../workspace/server/model.ts';
import { readServers } from '../workspace/server/read.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import { FOLLOWED_WHOLE } from './program.ts';
import type { Roles } from './reach/roles.ts';

const known = new WeakMap<Modules, ServerProgram>();

/** What the application serves with anything but Express, read once however many ask. */
export function serverOf(modules: Modules, roles: Roles): ServerProgram {
  let program = known.get(modules);
  if (program === undefined) {
    program = readServers(modules, { isOwn: roles.isOwn, most: FOLLOWED_WHOLE });
    known.set(modules, program);
  }
  return program;
}
