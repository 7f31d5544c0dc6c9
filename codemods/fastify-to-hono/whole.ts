import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { propertyKeyName } from '../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { convertCreation, creationsIn } from './application/creation.ts';
import { removeImports } from './application/imports.ts';
import { judgeInstances } from './application/instances.ts';
import { convertRegister, readRegisters } from './application/registers.ts';
import { usesInject } from './application/tests.ts';
import { exportOf } from './application/worker.ts';
import { convertUnit } from './body/convert.ts';
import { isRuled } from './packages/index.ts';
import { begin, type Prepared } from './prepare.ts';
import { isRoutable } from './read/paths.ts';
import type { Program } from './read/program.ts';
import { type Conversion, problem } from './state.ts';
import { convertTypes } from './types/types.ts';

/** An application of which nothing stays Fastify's, with what the user should know; its problems are what is against that. */
export function convertWhole(
  prepared: Prepared,
  modules: Modules,
): { conversion: Conversion; notes: Set<string> } {
  const { program, creations, facts, target } = prepared;
  const conversion = begin(prepared, program.units, false);
  const { support } = conversion;
  judgeApplication(conversion, prepared);
  for (const { call, node, what } of program.roles.unknown)
    problem(conversion, call.file, node, 'handler', `a function that \`${call.member}\` is given: ${what}`);
  if (facts.hasSchemas) support.add('schemas');
  if (facts.hasSchemas && target === 'workers')
    atMain(
      conversion,
      prepared,
      'workers',
      'its schemas are compiled as it starts, which a Worker does not allow',
    );
  if (usesLog(program)) support.add('log');
  if (usesInject(modules, conversion)) support.add('inject');
  const notes = new Set<string>();
  const registers = readRegisters(conversion, program.scopes);
  for (const register of registers) convertRegister(conversion, register);
  for (const unit of program.units.values()) convertUnit(conversion, unit);
  judgeInstances(conversion);
  for (const { note } of conversion.packages) if (note !== undefined) notes.add(note);
  convertTypes(conversion, modules);
  for (const creation of creations) convertCreation(conversion, creation, notes);
  for (const work of conversion.files.values()) removeImports(conversion, work);
  return { conversion, notes };
}

/** What is against a conversion before any function is looked at. */
function judgeApplication(conversion: Conversion, prepared: Prepared) {
  const { program, creations, release, manifest, target, main } = prepared;
  if (release === null)
    conversion.problems.push({
      location: { file: manifest.path, line: 1, column: 1 },
      ...{ rule: 'release', unit: null },
      reason: 'which release of Fastify it uses is not known, or older than 4',
    });
  if (creations.length === 0)
    atMain(conversion, prepared, 'application', 'no file makes the application: the command of Fastify does');
  for (const { what, reason, location } of program.notFollowed.filter(({ what }) => !isKnown(what)))
    conversion.problems.push({
      location: location ?? { file: main, line: 1, column: 1 },
      ...{ rule: 'not-followed', reason: `${what}: ${reason}`, unit: null },
    });
  for (const { written, path, location } of program.routes)
    if (!isRoutable(written || path))
      conversion.problems.push({
        location,
        ...{ rule: 'path', unit: null },
        reason: `Hono’s routers cannot tell apart what \`${written || path}\` is for`,
      });
  const [creation] = creations;
  if (target === 'workers' && (creation === undefined || exportOf(program.flow, creation) === null))
    atMain(
      conversion,
      prepared,
      'workers',
      'no module exports the application, and a Worker’s entry imports it',
    );
}

const atMain = ({ problems }: Conversion, { main }: Prepared, rule: string, reason: string) =>
  problems.push({ location: { file: main, line: 1, column: 1 }, rule, reason, unit: null });

/** Whether routes that a package may add are those of one that something stands for. */
const isKnown = (what: string): boolean => {
  const [, module] = /^routes that (\S+) may add$/.exec(what) ?? [];
  return module !== undefined && isRuled(module);
};

/** Whether any application is made with a log, or may be. */
const usesLog = ({ flow }: Program): boolean =>
  creationsIn(flow).some(({ node }) => {
    const [options] = (node.arguments as (typeof node)[] | undefined) ?? [];
    if (options === undefined) return false;
    if (options.type !== 'ObjectExpression') return true;
    return findAll(options, 'Property', 'SpreadElement').some(
      (each) => each.type === 'SpreadElement' || /^logger/.test(propertyKeyName(each) ?? ''),
    );
  });
