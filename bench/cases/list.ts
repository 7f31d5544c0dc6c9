import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ToldDifference } from './judge.ts';

const Step = z.union([
  z.object({ run: z.array(z.string()), says: z.array(z.string()) }),
  z.object({
    shadow: z.array(z.string()),
    /** What the new side has in place of what: for a case with one folder. */
    broken: z.tuple([z.string(), z.string()]).optional(),
    exit: z.number(),
  }),
]);
const Told = z.object({ see: z.string(), says: z.string() });

/** One thing `migrate` has to say of a case, or how a shadow run of its two sides has to end. */
export type Step = z.infer<typeof Step>;

/** One small application, a condition that users met, and how to see whether it is met rightly. */
export interface Case {
  name: string;
  folder: string;
  condition: string;
  right: string;
  /** A module that asks the running application; null for a case that is no conversion. */
  probe: string | null;
  steps: Step[];
  /** Differences that the codemod tells in words of its own. */
  told: ToldDifference[];
}

/** @throws when a case has neither a probe nor an expectation */
export function readCases(folder: string, here: string, only: readonly string[]): Case[] {
  const expected = z
    .record(z.string(), z.array(z.union([Step, Told])))
    .parse(parse(readFileSync(join(here, 'expected.yaml'), 'utf8')));
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'README.md')));
  const wanted = names.filter((name) => only.length === 0 || only.some((each) => name.startsWith(each)));
  return wanted.sort().map((name) => {
    const home = resolve(folder, name);
    const lines = readFileSync(join(home, 'README.md'), 'utf8').split('\n');
    const said = (key: string) =>
      lines
        .find((line) => line.startsWith(`${key} `))
        ?.slice(key.length)
        .trim() ?? '';
    const probes = [join(here, 'probes', `${name}.mjs`), join(home, 'probe.mjs')];
    const probe = probes.find((file) => existsSync(file)) ?? null;
    const steps: Step[] = [];
    const told: ToldDifference[] = [];
    for (const item of expected[name] ?? []) 'see' in item ? told.push(item) : steps.push(item);
    if (probe === null && steps.length === 0)
      throw new Error(`${name}: no probe, and nothing in expected.yaml.`);
    return { name, folder: home, condition: said('condition'), right: said('right'), probe, steps, told };
  });
}
