import type { Interval } from '../../src/model/latency.ts';
import type { Try, TryWay } from '../../src/model/try.ts';
import { causeLine, codeOf, labelOf, shareLine } from '../../src/report/try.ts';
import type { Application } from './list.ts';

/** What was found of one application, twice where it started: the second run says whether the first can be repeated. */
export interface Row extends Pick<Application, 'name' | 'repository' | 'commit' | 'what'> {
  date: string;
  /** The command, as it was run. */
  command: string;
  /** Why there is no table, where even `migrate try` could not begin. */
  failed: string | null;
  tries: Try[];
  /** What a person found who looked into a ✘ or a difference. */
  checked: readonly string[];
}

/** `docs/try.md`. */
export function page(rows: readonly Row[], listed: number, machine: string): string {
  const starting = rows.filter(({ tries }) => tries[0]?.ways[0]?.failed === null);
  const agreement = starting.map(agreementOf).filter((one) => one.of > 0);
  const agreed = agreement.reduce((sum, { agree }) => sum + agree, 0);
  const twice = starting.filter(({ tries }) => tries.length > 1);
  const outcomes = outcomesOf(starting);
  const of = agreement.reduce((sum, { of: all }) => sum + all, 0);
  return [
    '# `migrate try` on public applications',
    '',
    `Made by \`npm run bench:try\`; each table says when. ${machine}.`,
    `${rows.length} of the ${listed} applications of bench/try/applications.yaml, which we did not write, as they are at one commit. ${starting.length} start as they are today;`,
    'of the others the table says what they need. A ✘ has the reason that `migrate try` gives: what the process itself said, or what is known of it.',
    ...(of > 0
      ? [
          '',
          `Tried twice: ${twice.map(({ name }) => name).join(', ')}. Of ${of} pairs of figures ${agreed} have 95% intervals over six starts that overlap.${agreed < of ? ' Those that do not:' : ''}`,
          ...(agreed < of ? ['', ...agreement.flatMap(({ apart }) => apart)] : []),
          '',
          `${outcomes.same} of ${outcomes.of} rows start in both tries or in none, with as many answers the same.${outcomes.apart.length > 0 ? ' The others:' : ''}`,
          ...(outcomes.apart.length > 0 ? ['', ...outcomes.apart] : []),
          '',
          'Workers are started and compared, not measured: Cloudflare’s machines are other ones.',
        ]
      : []),
    ...rows.flatMap(section),
    '',
  ].join('\n');
}

function section({ name, repository, commit, what, date, command, failed, tries, checked }: Row): string[] {
  const [found] = tries;
  const head = [
    '',
    `## ${name}`,
    '',
    `[${repository}](https://github.com/${repository}/tree/${commit}): ${what}. ${date}, \`${command}\``,
    '',
  ];
  const byHand =
    checked.length > 0 ? ['', 'Looked into by hand:', ...checked.map((line) => `- ${line}`)] : [];
  if (!found) return [...head, `Not tried: ${failed}`, ...byHand];
  const { requests } = found;
  const share = shareLine(found.ways);
  return [
    ...head,
    `${requests.asked} requests compared${requests.load > 0 ? `, ${requests.load} of them in the load` : ''}.`,
    '',
    '| on | code | same answers | first answer, ms | p50, ms | p99, ms | requests a second | memory, MB |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...found.ways.map((way) => `| ${cells(way).map(escaped).join(' | ')} |`),
    ...found.ways.flatMap(notes),
    ...(share ? ['', share] : []),
    ...found.warnings.filter((line) => line.includes('busy')).flatMap((line) => ['', line]),
    ...byHand,
  ];
}

function cells(way: TryWay): string[] {
  const label = [labelOf(way), way.baseline ? 'today' : codeOf(way)];
  if (way.failed !== null) return [...label, `✘ ${way.failed}`, '', '', '', '', ''];
  const { answers, figures } = way;
  return [
    ...label,
    answers ? `${answers.same} of ${answers.of}` : '✔',
    figure(figures?.firstAnswer, 0),
    figure(figures?.p50, 2),
    figure(figures?.p99, 1),
    figure(figures?.perSecond, 0),
    figure(figures?.memory, 0, 1e-6),
  ];
}

/** A value with its interval. */
function figure(
  one: { measured: Interval & { atLeast?: boolean } } | { notMeasured: string } | undefined,
  digits: number,
  by = 1,
): string {
  if (!one || 'notMeasured' in one) return '–';
  const { low, at, high, atLeast } = one.measured;
  const text = (value: number) => (value * by).toFixed(digits);
  return `${atLeast ? '≥ ' : ''}${text(at)} (${text(low)}–${text(high)})`;
}

const notes = (way: TryWay): string[] => {
  const lines = [
    ...(way.answers?.causes ?? []).slice(0, 5).map(causeLine),
    ...(way.answers?.limits ?? []).map(
      ({ reason, requests, routes }) => `${requests} requests on ${routes.length} routes left out: ${reason}`,
    ),
    ...way.notes.filter((note) => /^(?:it said|it started at)/.test(note)),
  ];
  return lines.length === 0
    ? []
    : ['', `${labelOf(way)} ${codeOf(way)}:`, ...lines.map((line) => `- ${escaped(line)}`)];
};

const escaped = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');

const FIGURES = {
  ...{
    firstAnswer: 'first answer',
    p50: 'p50',
    p99: 'p99',
    perSecond: 'requests a second',
    memory: 'memory',
  },
} as const;

/** Of all figures that both tries have, those whose intervals overlap, and a line for each that does not. */
function agreementOf({ name: app, tries: [one, two] }: Row): { agree: number; of: number; apart: string[] } {
  const count = { agree: 0, of: 0, apart: [] as string[] };
  for (const way of one?.ways ?? []) {
    const again = two?.ways.find(({ spec, code }) => spec === way.spec && code === way.code);
    for (const name of Object.keys(FIGURES) as (keyof typeof FIGURES)[]) {
      const [a, b] = [way.figures?.[name], again?.figures?.[name]];
      if (!a || !b || 'notMeasured' in a || 'notMeasured' in b) continue;
      count.of++;
      if (a.measured.low <= b.measured.high && b.measured.low <= a.measured.high) count.agree++;
      else {
        const by = name === 'memory' ? 1e-6 : 1;
        const both = [a, b].map((each) => figure(each, name === 'p50' ? 2 : 0, by)).join(' and ');
        count.apart.push(`- ${app}, ${labelOf(way)} ${codeOf(way)}: ${FIGURES[name]} ${both}`);
      }
    }
  }
  return count;
}

/** Rows that both tries have, and those of which they say something else. */
function outcomesOf(rows: readonly Row[]): { same: number; of: number; apart: string[] } {
  const count = { same: 0, of: 0, apart: [] as string[] };
  for (const { name, tries } of rows) {
    const [one, two] = tries;
    for (const way of one?.ways ?? []) {
      const again = two?.ways.find(({ spec, code }) => spec === way.spec && code === way.code);
      if (!again) continue;
      count.of++;
      const [a, b] = [way, again].map(outcome);
      if (a === b) count.same++;
      else count.apart.push(`- ${name}, ${labelOf(way)} ${codeOf(way)}: ${a}; then ${b}`);
    }
  }
  return count;
}

const outcome = ({ failed, answers }: TryWay): string =>
  failed !== null ? `✘ ${failed}` : answers ? `${answers.same} of ${answers.of} the same` : '✔';
