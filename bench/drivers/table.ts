import type { DependencyProbe } from '../../src/model/dependency-probe.ts';

/** One package on one runtime. */
export interface Measured {
  /** `bun 1.4.5`. */
  on: string;
  asOf: string;
  dependency: DependencyProbe;
}

/** The driver table of docs/compatibility.md: a row a package and server, a column a runtime, and below it what does not work. */
export function section(measured: readonly Measured[], packages: readonly string[]): string[] {
  const columns = [...new Set(measured.map(({ on }) => on))].sort(
    (a, b) => order(a) - order(b) || (a < b ? -1 : 1),
  );
  const lines = [
    '## Drivers with real servers',
    '',
    'Each was loaded in a process of its own and connected to a real server on the same machine: connect, query, transaction, load over a',
    'pool, and connecting again after the server ended the connection and after every connection was cut. A cell says how many of the',
    'things that were done work; on Workers each was done within one request. Repeat with `npm run bench:drivers`; `migrate probe deps` does the same with those a repository uses.',
    '',
    `| package | server | ${columns.join(' | ')} | measured |`,
    `| --- | --- | ${columns.map(() => '---').join(' | ')} | --- |`,
  ];
  const wrong: string[] = [];
  for (const name of packages) {
    const own = measured.filter(({ dependency }) => dependency.name === name);
    const first = own[0];
    if (!first) continue;
    const title = `${name} ${first.dependency.version ?? ''}`.trim();
    const services = [
      ...new Set(own.flatMap(({ dependency }) => dependency.drivers.map(({ service }) => service))),
    ];
    const dates = [...new Set(own.map(({ asOf }) => asOf))].sort().join(', ');
    for (const service of services.length > 0 ? services : ['']) {
      const cells = columns.map((on) => cell(own.find((one) => one.on === on)?.dependency, service));
      lines.push(`| ${title} | ${service || '–'} | ${cells.join(' | ')} | ${dates} |`);
    }
    for (const { on, dependency } of own) wrong.push(...wrongOf(on, dependency));
  }
  return [
    ...lines,
    '',
    '### What does not work, and what was not checked',
    '',
    ...(wrong.length > 0 ? wrong : ['Nothing.']),
  ];
}

const ORDER = ['node', 'bun', 'deno', 'workers'];
const order = (on: string): number => ORDER.indexOf(on.split(' ')[0] ?? '');

function cell(found: DependencyProbe | undefined, service: string): string {
  if (!found || found.load === null) return 'not checked';
  if (found.load.level !== 'works') return 'does not load';
  const checks = found.drivers.find((one) => one.service === service)?.checks;
  if (!checks) return 'not checked';
  const works = checks.filter(({ level }) => level === 'works').length;
  return `${works} of ${checks.length}`;
}

/** One line for each reason, with everything that fails by it. */
function wrongOf(on: string, { name, load, drivers, notChecked }: DependencyProbe): string[] {
  const say = (what: string) => `- ${name} on ${on}${what}`;
  const lines = load && load.level !== 'works' ? [say(`: does not load (${load.saw})`)] : [];
  for (const { service, checks } of drivers) {
    const reasons = new Map<string, string[]>();
    for (const { what, level, saw } of checks)
      if (level !== 'works')
        reasons.set(`${level} (${saw})`, [...(reasons.get(`${level} (${saw})`) ?? []), what]);
    for (const [reason, all] of reasons) lines.push(say(`, ${service}, ${all.join(', ')}: ${reason}`));
  }
  return [...lines, ...notChecked.map((what) => say(`, not checked: ${what}`))];
}
