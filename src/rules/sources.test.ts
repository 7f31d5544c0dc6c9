import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ProbeTable } from '../model/probe-table.ts';
import { readProbeTables } from '../workspace/tables/probes.ts';
import { shippedRules } from './load.ts';
import { probeTable } from './probed.ts';
import type { Rule } from './rule.ts';
import { defaultSpec } from './targets.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const rows = shippedRules().filter(({ severity }) => severity !== 'advice');
const scripts = Object.keys((JSON.parse(text('package.json')) as { scripts: object }).scripts);
const questions = (JSON.parse(text('bench/table-rows/results.json')) as { question: string }[]).map(
  (one) => one.question,
);

/** Rows that no command measures, with what they rest on. */
const BY_NO_COMMAND: Readonly<Record<string, string>> = {
  'addon-v8-abi': 'an open issue of Bun, named in the row',
  'addon-unmeasured': 'says that nothing was measured',
  ffi: 'Node 26 only: no release here that was measured has it',
  'hono-node-server-bun': 'measured once by hand, 2026-11-23',
  'undici-dispatcher-workers': 'says that nothing was measured',
  'websockets-workers': 'measured once by hand, 2026-11-23',
  'state-workers': 'a rule of the platform',
  'unknown-workers': 'says that nothing could be read',
  'unjudged-workers': 'says that nothing was measured',
  'unjudged-client-workers': 'says that nothing was measured',
};

/** What a table says of `module.check`: null where it works or was not asked. */
function levelIn({ modules }: ProbeTable, call: string): string | null {
  const found = modules.find(({ module }) => call.startsWith(`${module}.`));
  if (found === undefined) return null;
  if (found.missing !== undefined) return 'module-missing';
  const [member = '', ...of] = call.slice(found.module.length + 1).split(' ');
  const one = found.found.find((each) => each.member === member && (each.of ?? '') === of.join(' '));
  return one?.level ?? (found.absent.includes(member) ? 'member-missing' : null);
}

/** The members a row names of builtins, as calls of the tables. */
const callsOf = ({ when }: Rule): string[] =>
  when.flatMap((one) =>
    'builtin' in one ? (one.members ?? []).map((member) => `${one.builtin}.${member}`) : [],
  );

function unborne(row: Rule, measured: string): string | null {
  const [command = '', ...rest] = measured.split(' ');
  const what = rest.join(' ');
  if (command === 'bench:rows') return questions.includes(what) ? null : `bench:rows has no question ${what}`;
  if (command.startsWith('bench:')) return scripts.includes(command) ? null : `there is no ${command}`;
  if (command === 'migrate') return null;
  if (command !== 'probe') return `${measured} is no command`;
  for (const name of row.targets) {
    const table = probeTable({ name, spec: defaultSpec(name) });
    if (table === null) return `no table of ${name}`;
    if (what !== '' && levelIn(table, what) === null) return `${what} works on ${name}`;
    const calls = callsOf(row);
    if (what === '' && calls.length > 0 && calls.every((call) => levelIn(table, call) === null))
      return `no table of ${name} bears it out`;
  }
  return null;
}

describe('each row of playbooks/data', () => {
  it('of what is incompatible says by which command it is measured again, or stands in the list of those that are not', () => {
    const silent = rows.filter(({ measured }) => measured.length === 0).map(({ id }) => id);
    expect(silent.sort()).toEqual(Object.keys(BY_NO_COMMAND).sort());
  });

  it('is borne out by what that command found last', () => {
    const wrong = rows.flatMap((row) => row.measured.flatMap((one) => unborne(row, one) ?? []));
    expect(wrong).toEqual([]);
  });

  it('a row that a table contradicts would be found', () => {
    const [row] = rows.filter(({ id }) => id === 'permission-flag-bun');
    expect(row && unborne(row, 'probe (flags).--env-file')).toBe('(flags).--env-file works on bun');
    expect(row && unborne(row, 'bench:rows nothing')).toBe('bench:rows has no question nothing');
  });

  it('of any other table has a date and a source, its own or the table’s', () => {
    const names = readdirSync(new URL('playbooks/data/', root)).filter(
      (name) => name.endsWith('.yaml') && name !== 'package-uses.yaml',
    );
    const wrong = names.filter((name) => {
      const { asOf, source, rows: own } = parse(text(`playbooks/data/${name}`)) as Record<string, unknown>;
      const lists = Array.isArray(own) ? (own as { source?: string }[]) : [];
      return (
        asOf === undefined ||
        (source === undefined && name !== 'platforms.yaml' && !lists.every((one) => one.source))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('of the probes names an exact version and a day', () => {
    for (const { version, asOf } of readProbeTables())
      expect([version, asOf]).toEqual([
        expect.stringMatching(/^\d+\.\d+/),
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      ]);
  });
});
