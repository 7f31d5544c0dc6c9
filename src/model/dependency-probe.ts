import { z } from 'zod';
import { ProbeLevel } from './probe-table.ts';
import { ProvisionedRuntime } from './runtime.ts';

/** What was found of one thing that was done with a package. */
export const ProbeSaid = z.object({
  level: ProbeLevel.exclude(['member-missing', 'module-missing']),
  saw: z.string(),
});
export type ProbeSaid = z.infer<typeof ProbeSaid>;

/** One thing that a driver did with a real server. */
export const DriverCheck = ProbeSaid.extend({ what: z.string() });
export type DriverCheck = z.infer<typeof DriverCheck>;

export const DependencyProbe = z.object({
  name: z.string(),
  /** As installed in the scratch copy; null where it could not be installed. */
  version: z.string().nullable(),
  /** Loaded by itself in a process of the target; null where nothing was tried. */
  load: ProbeSaid.nullable(),
  /** A small use whose answer was compared with Node's; null where none is known for it. */
  call: ProbeSaid.nullable(),
  /** Compiled code inside: by which interface it was built. */
  native: z.object({ abi: z.string().nullable(), signs: z.array(z.string()) }).nullable(),
  /** What it did with real servers. */
  drivers: z.array(z.object({ service: z.string(), checks: z.array(DriverCheck) })),
  /** What was not looked at, and why. */
  notChecked: z.array(z.string()),
});
export type DependencyProbe = z.infer<typeof DependencyProbe>;

/** `migrate probe deps --json`. */
export const DependencyProbes = z.object({
  schema: z.literal('migrate/probe-deps'),
  version: z.literal(1),
  target: ProvisionedRuntime.omit({ binary: true, home: true }),
  /** What answers are compared with. */
  reference: z.string(),
  asOf: z.string(),
  scripts: z.boolean(),
  dependencies: z.array(DependencyProbe),
});
export type DependencyProbes = z.infer<typeof DependencyProbes>;
