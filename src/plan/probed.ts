import semver from 'semver';
import type { PlanTarget } from '../model/plan.ts';
import type { ProbedModule, ProbeTable } from '../model/probe-table.ts';
import { readProbeTables } from '../workspace/tables/probes.ts';
import type { Incompatibilities, Row } from './table.ts';
import { titleOf } from './targets.ts';

type Target = Pick<PlanTarget, 'name' | 'spec'>;

/** The stages that a thing which does not work stands in the way of. */
const STAGES: Readonly<Record<string, string[]>> = {
  workers: ['edge-layer', 'full-switch'],
  bun: ['scripts-to-bun', 'full-switch'],
  deno: ['full-switch'],
  node: ['stay-on-node'],
};

const known = new Map<string, Incompatibilities>();
let last: Incompatibilities | undefined;

/**
 * The table of incompatibilities with what the target's own probe table says: rows that were found by calling cite it, members
 * that were called and work are not blocked by the row of their module, and members of which no row speaks get one each.
 */
export function withProbes(table: Incompatibilities, target: Target): Incompatibilities {
  if (last !== table) known.clear();
  last = table;
  const kept = known.get(target.spec);
  if (kept) return kept;
  const probes = probeTable(target);
  const made = probes === null ? table : joined(table, target, probes);
  known.set(target.spec, made);
  return made;
}

/**
 * The table of the newest version a target's spec allows, for Workers of the newest date that is not after its own; null
 * where none is shipped.
 */
export function probeTable({ name, spec }: Target): ProbeTable | null {
  const range = spec.split('@')[1] ?? '*';
  const own = readProbeTables().filter(({ runtime }) => runtime === name);
  if (name === 'workers') {
    const dated = own.filter(({ compatibilityDate = '' }) => range === '*' || compatibilityDate <= range);
    return (
      dated.sort((a, b) => ((a.compatibilityDate ?? '') < (b.compatibilityDate ?? '') ? 1 : -1))[0] ?? null
    );
  }
  if (semver.validRange(range) === null) return null;
  const fitting = own.filter(({ version }) => semver.satisfies(version, range));
  return fitting.sort((a, b) => semver.rcompare(a.version, b.version))[0] ?? null;
}

function joined(table: Incompatibilities, target: Target, probes: ProbeTable): Incompatibilities {
  const source = `migrate probe runtimes on ${identity(probes)}`;
  const rows = table.rows.map((row) =>
    row.measured.some(isProbe) && row.targets.includes(target.name) ? cited(row, probes, source) : row,
  );
  const own = table.rows.filter((row) => row.targets.includes(target.name));
  return {
    ...table,
    rows: [
      ...rows,
      ...flagRows(target, probes, own, source),
      ...probes.modules.flatMap((module) => rowsOf(module, target, probes, own, source)),
    ],
  };
}

const isProbe = (measured: string): boolean => measured.split(' ')[0] === 'probe';

/** A row as the probe table bears it out: what was called and works is no matter of it. */
function cited(row: Row, probes: ProbeTable, source: string): Row {
  const when = row.when.map((one) => {
    if (!('builtin' in one) || one.members) return one;
    const works = probes.modules.find(({ module }) => module === one.builtin)?.works ?? [];
    return { ...one, except: [...(one.except ?? []), ...works.filter((check) => !check.includes(' '))] };
  });
  return { ...row, when, source, asOf: probes.asOf };
}

/** Rows for flags of Node that Bun takes in the same places, and refuses or does nothing with. */
function flagRows({ name }: Target, probes: ProbeTable, rows: readonly Row[], source: string): Row[] {
  if (name !== 'bun') return [];
  const speaks = (flag: string) =>
    rows.some(({ when }) => when.some((one) => 'flag' in one && one.flag === flag));
  const found = probes.modules.find(({ module }) => module === '(flags)')?.found ?? [];
  return found.flatMap(({ member, level }) =>
    speaks(member)
      ? []
      : {
          ...{ id: `probe-${name}-${member}`, targets: [name], when: [{ flag: member }], source },
          severity: level === 'throws' ? ('blocks' as const) : ('differs' as const),
          ...{ asOf: probes.asOf, stages: STAGES[name] ?? [], everyRoute: false, command: null },
          sentence: `${identity(probes)} ${level === 'throws' ? 'fails with' : 'accepts'} {{name}}${level === 'throws' ? '' : ', and it has no effect'}`,
          ...{ remedy: 'start without it, or stay on Node with what needs it', measured: ['probe'] },
        },
  );
}

/** Rows for the members of a module that do not work and of which the table does not speak. */
function rowsOf(
  { module, missing, found, absent }: ProbedModule,
  { name }: Target,
  probes: ProbeTable,
  rows: readonly Row[],
  source: string,
): Row[] {
  const speaks = (member: string | null) =>
    rows.some(({ when }) =>
      when.some(
        (one) =>
          'builtin' in one &&
          one.builtin === module &&
          (!one.members || (member !== null && one.members.includes(member))),
      ),
    );
  const on = identity(probes);
  const row = (id: string, members: string[] | null, severity: Row['severity'], sentence: string): Row => ({
    ...{ id: `probe-${name}-${id}`, targets: [name], severity, sentence, source, asOf: probes.asOf },
    when: [{ builtin: module, ...(members && { members }) }],
    ...{ stages: STAGES[name] ?? [], everyRoute: false, command: null, measured: ['probe'] },
    remedy: `do without it, or keep what calls it on ${name === 'workers' ? 'the origin' : 'Node'}`,
  });
  if (missing !== undefined)
    return speaks(null) ? [] : [row(module, null, 'blocks', `node:{{name}} cannot be imported on ${on}`)];
  const gone = absent.filter((member) => !speaks(member));
  return [
    ...(gone.length > 0
      ? [row(`${module}-missing`, gone, 'blocks', `{{name}}.{{member}} is missing on ${on}`)]
      : []),
    ...found.flatMap(({ member, of, level, saw }) => {
      // What was called for one of several things says nothing of a use whose arguments are not known.
      if (of !== undefined || speaks(member)) return [];
      const severity = level === 'throws' || level === 'member-missing' ? 'blocks' : 'differs';
      return [
        row(
          `${module}.${member}`,
          [member],
          severity,
          `{{name}}.{{member}} ${SAYS[level]} on ${on}: ${plain(saw)}`,
        ),
      ];
    }),
  ];
}

const SAYS = {
  throws: 'was called and fails',
  'member-missing': 'is missing',
  'no-op': 'was called and does nothing',
  differs: 'was called and answers otherwise',
} as const;

/** Braces stand for names in a row's sentence. */
const plain = (saw: string): string => saw.replaceAll('{{', '{ {').slice(0, 120);

const identity = ({ runtime, version, compatibilityDate }: ProbeTable): string =>
  compatibilityDate === undefined
    ? `${titleOf(runtime as PlanTarget['name']).split(' ')[0]} ${version}`
    : `Workers ${compatibilityDate} (workerd ${version})`;
