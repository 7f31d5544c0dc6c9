import type { ProbeFinding, ProbeTable } from '../../src/model/probe-table.ts';

/** The table of docs/compatibility.md that counts what each runtime was found to do. */
export function runtimesSection(tables: readonly ProbeTable[]): string[] {
  const rows = tables.map((table) => {
    const found = table.modules.flatMap((one) => one.found);
    const works = table.modules.reduce((sum, one) => sum + one.works.length, 0);
    const count = (level: ProbeFinding['level']) => found.filter((one) => one.level === level).length;
    const missing = table.modules.filter((one) => one.missing !== undefined).length;
    const absent = table.modules.reduce((sum, one) => sum + one.absent.length, 0);
    const date = table.compatibilityDate === undefined ? '' : `, date ${table.compatibilityDate}`;
    const cells = [
      works + found.length,
      works,
      count('differs'),
      count('no-op'),
      count('throws'),
      count('member-missing'),
      missing,
      absent,
    ];
    return `| ${table.runtime} ${table.version}${date} | ${cells.join(' | ')} | ${table.asOf} |`;
  });
  return [
    '## Runtimes, by calling',
    '',
    'Each thing was called in a process of its own and its effect looked at: a name that is exported says nothing of whether it works.',
    'Of a module that cannot be imported nothing was called. Every statement is in `playbooks/data/probes/`, and `migrate plan` uses those',
    'about members that the application uses; `migrate probe runtimes --check` asks again and compares.',
    '',
    '| runtime | called | work | differ from Node | do nothing | throw | missing | modules missing | further names of Node missing | measured |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows,
  ];
}
