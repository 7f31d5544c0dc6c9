import type { Interval } from '../model/latency.ts';
import type { Try, TryCause, TryWay } from '../model/try.ts';
import { columns, safeLine, wrap } from './columns.ts';
import { milliseconds, percent, plural } from './format.ts';
import type { Io } from './io.ts';

const MARKS = [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'];
/** Differences shown of a row, routes of a difference. */
const MOST_CAUSES = 4;
const MOST_ROUTES = 3;
/** Functions shown of a profile. */
const MOST_FUNCTIONS = 5;
/** The first column of what is measured. */
const FIGURES_AT = 5;
const HEAD = ['', '', 'starts', 'same answers', '', 'first answer', 'p50', 'p99', 'requests/s', 'memory'];

/** Prints the table of a try, with what stands behind each ✘ and each difference. */
export function printTry(io: Io, found: Try, written: string | null): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const { project, requests, ways, load } = found;
  const from = requests.source === 'routes' ? 'made from them' : `of ${requests.file}`;
  line(
    c.bold(project.name) +
      c.dim(` · ${plural(project.routes, 'route')} · ${plural(requests.asked, 'request')} ${from}`),
  );
  line();
  const notes: string[] = [];
  const rows = ways
    .filter((way, at) => !isRepeated(way, ways[at - 1]))
    .map((way) => ({ way, cells: cellsOf(way, ways, (text) => mark(notes, text)) }));
  const width = load.rounds > 0 ? HEAD.length : FIGURES_AT;
  const [head, ...table] = columns(
    [HEAD, ...rows.map(({ cells }) => cells)].map((row) => row.slice(0, width)),
  );
  line(c.dim(head ?? ''));
  for (const [index, { way }] of rows.entries()) {
    const text = table[index] ?? '';
    if (way.failed === null) line(text.replace('✔', c.green('✔')));
    else for (const part of wrap(`${text.replace('✘', c.red('✘'))} `, way.failed, 6)) line(part);
  }
  if (notes.length > 0) line();
  for (const [index, texts] of notes.map((all) => all.split('\n')).entries())
    for (const [at, text] of texts.entries())
      for (const part of wrap(at === 0 ? `${MARKS[index] ?? `(${index + 1})`} ` : '  ', text, 4)) line(part);
  const share = shareLine(ways);
  if (share) {
    line();
    for (const part of wrap('', share, 0)) line(part);
  }
  for (const text of profileLines(found)) for (const part of wrap('', text, 2)) line(part);
  const about = [
    ...(load.rounds > 0
      ? [
          `${load.rounds} starts each, in turn; ${load.atOnce} of ${plural(requests.load, 'request')} at a time; ± at 95%.`,
        ]
      : []),
    ...requests.leftOut.map(({ reason, requests: count }) => `${plural(count, 'request')}: ${reason}.`),
    ...notMeasured(ways),
    ...found.warnings,
    ...(written ? [`Kept as ${written}; \`migrate plan\` uses it.`] : []),
  ];
  if (ways.some(({ baseline, failed }) => baseline && failed?.startsWith('needs ')))
    about.push(
      'Not checked: what it answers, and how fast.',
      'What it needs is given with --setup "docker compose up -d db", --env-file <file>, or the environment.',
    );
  if (about.length > 0) line();
  for (const text of about) for (const part of wrap('', text, 0)) line(c.dim(part));
}

function mark(notes: string[], text: string): string {
  const known = notes.indexOf(text);
  const at = known >= 0 ? known : notes.push(text) - 1;
  return MARKS[at] ?? `(${at + 1})`;
}

/** Rows that do not start for one reason are one line. */
const isRepeated = (way: TryWay, before: TryWay | undefined): boolean =>
  way.failed !== null &&
  before !== undefined &&
  !before.baseline &&
  way.failed === before.failed &&
  way.code === before.code;

/** The cells of a row; of one that does not start, what comes before its reason. */
function cellsOf(way: TryWay, all: readonly TryWay[], noted: (text: string) => string): string[] {
  const alike = all.slice(all.indexOf(way) + 1);
  const end = alike.findIndex((one) => !isRepeated(one, way));
  const repeated = end < 0 ? alike : alike.slice(0, end);
  const label = [[way, ...repeated].map(labelOf).join(', '), way.baseline ? 'today' : codeOf(way)];
  if (way.failed !== null) return [...label, '✘'];
  const { answers, figures } = way;
  const causes = answers?.causes.slice(0, MOST_CAUSES).map(causeLine) ?? [];
  const more = (answers?.causes.length ?? 0) - causes.length;
  const limits = answers?.limits.map(limitLine) ?? [];
  const texts = [...causes, ...(more > 0 ? [`and ${plural(more, 'further place')}: --json`] : []), ...limits];
  return [
    ...[...label, '✔'],
    answers ? `${answers.same} of ${answers.of}` : all.length > 1 ? '–' : '',
    texts.length + way.notes.length > 0 ? noted([...texts, ...way.notes].join('\n')) : '',
    shown(figures?.firstAnswer, (one) => `${plusMinus(one, whole)} ms`),
    shown(figures?.p50, (one) => plusMinus(one, short)),
    shown(figures?.p99, (one) => plusMinus(one, short)),
    shown(figures?.perSecond, (one) => `${one.atLeast ? '≥ ' : ''}${plusMinus(one, whole)}`),
    shown(figures?.memory, (one) => `${plusMinus(scaled(one, 1e-6), whole)} MB`),
  ];
}

/** `bun 1.4.5`, or what was asked for where it could not be had. */
export const labelOf = ({ runtime, spec }: TryWay): string =>
  runtime ? `${runtime.name} ${runtime.compatibilityDate ?? runtime.version}` : spec;

export const codeOf = ({ code }: TryWay): string => (code === 'as-is' ? 'as it is' : 'as Hono');

const OWNERS: Record<TryCause['owner'], string> = {
  codemod: 'the conversion',
  runtime: 'the runtime',
  interaction: 'conversion and runtime together',
  either: 'conversion, and runtime: each alone',
  unknown: 'whose it is is not known',
};

/** A difference in one line: what, how often, where, whose. */
export function causeLine({ title, requests, routes, owner, example }: TryCause): string {
  const places = routes.slice(0, MOST_ROUTES).join(', ');
  const rest = routes.length - MOST_ROUTES;
  // What was asked may be the route's path in other letters: that is why it differs.
  const asked = example && !routes.includes(example.request) ? `, as ${cut(example.request)}` : '';
  const where = `${places}${rest > 0 ? ` and ${rest} more` : ''}${asked}`;
  const values = example && !title.includes(' → ') && ` (${cut(example.old)} → ${cut(example.new)})`;
  return `${title}${values || ''}: ${plural(requests, 'request')}, ${where}; ${OWNERS[owner]}`;
}

/** A value as a part of a line. */
function cut(text: string | null): string {
  if (text === null) return 'nothing';
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

const limitLine = ({ reason, requests, routes }: { reason: string; requests: number; routes: string[] }) =>
  `${plural(requests, 'request')} on ${plural(routes.length, 'route')} left out: ${reason}`;

function shown<T>(
  figure: { measured: T } | { notMeasured: string } | undefined,
  how: (value: T) => string,
): string {
  return figure && 'measured' in figure ? how(figure.measured) : '–';
}

const scaled = ({ low, at, high }: Interval, by: number): Interval => ({
  ...{ low: low * by, at: at * by, high: high * by },
});
const whole = (value: number): string => String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
const short = (value: number): string => (value >= 10 ? whole(value) : value.toFixed(value >= 1 ? 1 : 2));

/** A value with the wider half of its interval. */
const plusMinus = ({ low, at, high }: Interval, how: (value: number) => string): string =>
  `${how(at)} ±${how(Math.max(at - low, high - at))}`;

/** What another runtime can win at most, from the application as it is today. */
export function shareLine(ways: readonly TryWay[]): string | null {
  const share = ways.find(({ baseline }) => baseline)?.figures?.share;
  if (!share) return null;
  if ('notMeasured' in share)
    return `How much of a request is the runtime's was not measured: ${share.notMeasured}.`;
  const { service, cpu } = share.measured;
  const waits = Math.max(0, service.at - cpu.at);
  const part = Math.min(1, share.measured.share.high);
  const most = `another runtime can win at most ${percent(part)}`;
  return `Of a request asked alone ${milliseconds(Math.min(cpu.at, service.at))} is the runtime's and the application's own code, and ${milliseconds(waits)} waits for others: ${most}.`;
}

/** Where the CPU time goes: the sentence, and the functions behind it. */
function profileLines({ profile }: Try): string[] {
  if (profile === undefined) return [];
  if ('notMeasured' in profile) return ['', `Not profiled: ${profile.notMeasured}.`];
  const { sentence, functions, owners, collector, runtime, seconds, requests, connection } = profile.measured;
  const idle = connection
    ? [
        `A connection that waits takes ${Math.max(1, Math.round(connection.bytes / 1024))} kB (${connection.open} held).`,
      ]
    : [];
  const part = (value: number) => percent(value).padStart(5);
  return [
    ...['', sentence],
    `CPU time on ${runtime}, ${plural(requests, 'request')} in ${seconds} s: application ${percent(owners.application ?? 0)}, packages ${percent(owners.package ?? 0)}, Node ${percent(owners.node ?? 0)}, native ${percent(owners.native ?? 0)}, garbage collector ${percent(collector)}.`,
    ...functions
      .slice(0, MOST_FUNCTIONS)
      .map(({ name, place, self }) => `  ${part(self)}  ${name}  ${place}`),
    ...idle,
  ];
}

function notMeasured(ways: readonly TryWay[]): string[] {
  const lines = ways.flatMap((way) => {
    if (way.failed !== null || way.figures === null) return [];
    const reasons = Object.entries(way.figures)
      .filter(([name]) => name !== 'share')
      .flatMap(([, figure]) => ('notMeasured' in figure ? [figure.notMeasured] : []));
    return [...new Set(reasons)].map((reason) => `${labelOf(way)} ${codeOf(way)}, not measured: ${reason}.`);
  });
  return ways.some(({ runtime, failed }) => failed === null && runtime?.name === 'workers')
    ? [...lines, 'Workers are not measured: Cloudflare’s machines are other ones than this.']
    : lines;
}
