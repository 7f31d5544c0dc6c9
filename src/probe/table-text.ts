import { Document, isCollection, isScalar, visit } from 'yaml';
import type { ProbeTable } from '../model/probe-table.ts';

const HEAD =
  '# What this runtime was found to do. Written by `migrate probe runtimes --out`; not to be edited.\n';

/** A table as the file that holds it. Lists of what there is none of are left out. */
export function tableText(table: ProbeTable): string {
  const modules = table.modules.map(({ works, found, absent, ...rest }) => ({
    ...rest,
    ...(works.length > 0 && { works }),
    ...(found.length > 0 && { found }),
    ...(absent.length > 0 && { absent }),
  }));
  const document = new Document({ ...table, modules });
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && ['works', 'absent'].includes(String(key.value)) && isCollection(value))
        value.flow = true;
    },
  });
  return HEAD + document.toString({ flowCollectionPadding: true, lineWidth: 110 });
}

/** One thing that two tables of the same runtime say otherwise. */
export interface TableDifference {
  /** `crypto.createECDH secp256k1`. */
  what: string;
  kept: string;
  now: string;
}

/** What a table says now and did not when it was kept. Dates are no difference. */
export function tableDifferences(kept: ProbeTable, now: ProbeTable): TableDifference[] {
  const [before, after] = [statements(kept), statements(now)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((what) => {
    const [was, is] = [before.get(what) ?? 'nothing', after.get(what) ?? 'nothing'];
    return was === is ? [] : [{ what, kept: was, now: is }];
  });
}

function statements({ modules, version, says }: ProbeTable): Map<string, string> {
  const all = new Map([
    ['version', version],
    ['says', says],
  ]);
  for (const { module, missing, works, found, absent } of modules) {
    if (missing !== undefined) all.set(module, `module-missing: ${missing}`);
    for (const check of works) all.set(`${module}.${check}`, 'works');
    for (const { member, of, level, saw } of found)
      all.set(`${module}.${member}${of === undefined ? '' : ` ${of}`}`, `${level}: ${saw}`);
    for (const name of absent) all.set(`${module}.${name}`, 'member-missing');
  }
  return all;
}
