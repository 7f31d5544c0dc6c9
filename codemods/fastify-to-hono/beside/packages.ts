import { type Registered, readRegisters, reasonAgainst } from '../application/registers.ts';
import type { PackageRule } from '../packages/contract.ts';
import { begin, type Prepared } from '../prepare.ts';

/** Packages that an application registers, where Fastify stays. */
export interface Packages {
  /** Those of which Hono's side knows what they do to requests. */
  rules: ReadonlySet<PackageRule>;
  /** Where they are registered. */
  registers: readonly Registered[];
  /** Why it does not know it of the others, by name. */
  lacking: ReadonlyMap<string, string>;
}

export function readPackages(prepared: Prepared): Packages {
  const { program } = prepared;
  const scratch = begin(prepared, program.units, true);
  const registers = readRegisters(scratch, program.scopes);
  const rules = new Set(scratch.packages);
  const lacking = new Map<string, string>();
  for (const register of registers) {
    const against = reasonAgainst(scratch, register);
    if (against === null) continue;
    lacking.set(register.rule.name, against);
    rules.delete(register.rule);
  }
  return { rules, registers: registers.filter(({ rule }) => rules.has(rule)), lacking };
}
