import type { Inventory } from '../../model/inventory.ts';
import type { PlanTarget, Reason } from '../../model/plan.ts';
import { incompatibilities } from '../incompatibilities.ts';
import { applicationSubjects, type Subject } from '../subjects.ts';
import { readAdvice } from '../table.ts';

/** What is worth doing beside a switch to a target, by what the repository shows: each with its place, source and date. */
export function adviceFor(inventory: Inventory, target: Pick<PlanTarget, 'name' | 'spec'>): Reason[] {
  const { asOf, rows } = readAdvice();
  const table = {
    ...{ asOf, source: '' },
    rows: rows.map((row) => ({
      ...{
        ...row,
        severity: 'differs' as const,
        stages: [],
        everyRoute: false,
        remedy: null,
        command: null,
        measured: [],
      },
    })),
  };
  const subjects = [...applicationSubjects(inventory), ...toolSubjects(inventory)];
  return incompatibilities(table, target, subjects).map(({ sentence, location, known, source }) => ({
    ...{ sentence, location, known, asOf },
    ...(source && { source }),
  }));
}

/** Packages of developers and flags of any script: no fact about production, but advice is about them, too. */
function toolSubjects({ dependencies, scripts }: Inventory): Subject[] {
  return [
    ...dependencies.flatMap(({ name, kind, installed, locked, declared, location }): Subject[] =>
      kind === 'dev'
        ? [{ kind: 'package', name, version: installed ?? locked ?? declared, member: null, location }]
        : [],
    ),
    ...scripts.flatMap(({ kind, runtimeFlags, location }) =>
      kind === 'production'
        ? []
        : runtimeFlags.map(
            (flag): Subject => ({ kind: 'flag', name: flag.split(/[\s=]/)[0] ?? flag, location }),
          ),
    ),
  ];
}
