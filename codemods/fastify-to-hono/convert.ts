import type { CodemodInput, CodemodOutput } from '../../src/codemod/contract.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { convertBeside } from './beside/convert.ts';
import { outputOf } from './output/output.ts';
import { refused } from './output/refused.ts';
import { prepare } from './prepare.ts';
import type { Program } from './read/program.ts';
import { convertWhole } from './whole.ts';

/** Converts an application as a whole, else the routes that can go, beside Fastify; or says what keeps it as it is. */
export async function convert(
  input: CodemodInput,
  modules: Modules,
  program: Program,
): Promise<CodemodOutput> {
  const prepared = await prepare(input, program);
  const { conversion, notes } = convertWhole(prepared, modules);
  if (conversion.problems.length === 0) {
    const outcomes = [...program.units.values()].map(({ location, name }) => ({
      ...location,
      ...{ name, outcome: 'converted' as const },
    }));
    return outputOf(input, modules, prepared, conversion, { outcomes, notes });
  }
  const part = convertBeside(prepared, conversion.problems);
  if (!('conversion' in part)) return refused(conversion.problems, program.units.values(), part);
  return outputOf(input, modules, prepared, part.conversion, part);
}
