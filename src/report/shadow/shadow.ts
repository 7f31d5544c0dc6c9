import type { Cell, Noise } from '../../model/comparison.ts';
import type { LatencySection } from '../../model/latency.ts';
import type { RunReport, SideReport, Signature } from '../../model/verdict.ts';
import { columns, wrap } from '../columns.ts';
import {
  boundLine,
  editPlace,
  megabytes,
  milliseconds,
  ownerWord,
  percent,
  plural,
  timesOfSides,
} from '../format.ts';
import type { Io } from '../io.ts';
import { nextStep } from '../next-step.ts';
import { printEffects, printProbes } from './effects.ts';
import { loadOwnerLine, planLine, quantileLines, resourceRows, shareLines } from './latency.ts';
import { waivedBy, waivedLine } from './waived.ts';

const MOST = 10;
/** Exchanges without a difference that bound defects below 1% at 95% confidence. */
const FOR_ONE_PERCENT = 299;

/** What the paired test says, in words. */
const NOISE: Record<Noise['result'], string> = {
  worse: 'more often than noise',
  'no-worse': 'no more often than noise',
  undecided: 'too few to tell',
  'never-repeats': 'the old side hardly ever repeats itself',
};

/** A shadow run on one screen: calibration, coverage, verdict, what differs, latency, where the report is. */
export function printShadowRun(io: Io, report: RunReport, files: readonly string[]): void {
  const { colors } = io;
  printSides(io, report);
  printEyes(io, report);
  printCoverage(io, report);
  printEffects(io, report);
  printProbes(io, report);
  io.line();
  const paint =
    report.verdict === 'PASS' ? colors.green : report.verdict === 'FAIL' ? colors.red : colors.yellow;
  const [reason = '', ...more] = report.reasons;
  io.line(`${colors.bold(paint(report.verdict))}   ${reason}`);
  for (const one of more) io.line(`       ${one}`);
  if (report.verdict === 'PASS') io.line(`       ${colors.dim(`${boundLine(report)}.`)}`);
  if (report.signatures.length > 0) printSignatures(io, report);
  for (const { title, failed } of report.attribution?.corners ?? [])
    if (failed !== null) io.line(`     not asked: ${title}: ${failed}`);
  for (const problem of unchecked(report)) io.line(`     newest release not checked: ${problem}`);
  if (!report.calibration.clean) printNoise(io, report.calibration.cells);
  printRouteSamples(io, report);
  io.line();
  printExplained(io, report);
  printLatency(io, report);
  if (report.latency) printLoad(io, report.latency);
  for (const warning of report.warnings) io.note(`${colors.yellow('warning')}  ${warning}`);
  for (const [i, file] of files.entries()) io.line(`${i === 0 ? 'report' : '      '}       ${file}`);
  io.line(`${colors.dim('next')}         ${nextStep(report, files)}`);
}

function printSides(io: Io, { sides }: RunReport): void {
  const one = (side: SideReport) => {
    const start = side.startMs === null ? '' : `, started in ${milliseconds(side.startMs)}`;
    const front = side.layer
      ? `, behind ${side.layer.given} on ${side.layer.runtime} ${side.layer.version}`
      : '';
    const date = side.compatibilityDate ? `, compatibility date ${side.compatibilityDate}` : '';
    return `${side.runtime} ${side.version}  ${side.dir}${front}${io.colors.dim(`${start}${date}${side.gitSha ? `, ${side.gitSha.slice(0, 8)}${side.gitSha.endsWith('-dirty') ? '-dirty' : ''}` : ''}`)}`;
  };
  io.line(`old          ${one(sides.old)}`);
  io.line(`new          ${one(sides.new)}`);
}

function printEyes(io: Io, { calibration, detection }: RunReport): void {
  io.line(
    `calibration  old against old: ${plural(calibration.differing, 'difference')} in ${calibration.compared.toLocaleString('en-US')}` +
      ` · ${detection.seen} of ${plural(detection.planted, 'planted fault')} seen`,
  );
  const missed = detection.faults.filter(({ planted, seen }) => seen < planted).map(({ fault }) => fault);
  if (missed.length > 0) io.line(`             ${io.colors.yellow('not seen')} ${missed.join(', ')}`);
}

function printCoverage(io: Io, { counts, routes, notCompared }: RunReport): void {
  const covered = routes.filter(({ status }) => status === 'same' || status === 'different');
  const open = routes.filter(({ status }) => status === 'uncovered' || status === 'not-compared');
  const list = open.slice(0, 4).map(({ route }) => route);
  const more = open.length > 4 ? `, and ${open.length - 4} more` : '';
  io.line(
    `compared     ${counts.compared.toLocaleString('en-US')} of ${plural(counts.recorded, 'exchange')}, ${covered.length} of ${plural(routes.length, 'route')}` +
      (open.length > 0 ? `; ${open.length} uncovered (${list.join(', ')}${more})` : ''),
  );
  const unreached = new Map<string, number>();
  for (const { reason = '', recorded, unanswered } of open)
    if (unanswered || recorded === 0) unreached.set(reason, (unreached.get(reason) ?? 0) + 1);
  for (const [reason, count] of unreached)
    io.line(`             ${plural(count, 'route')} uncovered: ${reason}`);
  const reasons = new Map<string, number>();
  for (const { reason } of notCompared) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const [reason, count] of reasons) io.line(`             ${count} not compared: ${reason}`);
  for (const { route, reason } of routes.filter(({ status }) => status === 'cannot-run')) {
    io.line(`cannot run   ${route}: ${reason}`);
  }
}

function printSignatures(io: Io, report: RunReport): void {
  io.line();
  for (const [i, signature] of report.signatures.slice(0, MOST).entries()) {
    const [first] = signature.routes;
    const more =
      signature.routes.length > 1 ? ` and ${plural(signature.routes.length - 1, 'more route')}` : '';
    io.line(
      `${String(i + 1).padStart(3)}  ${first?.route}${more}  ${io.colors.bold(signature.title)}  ${plural(signature.exchanges, 'exchange')} · ${percent(signature.share)}`,
    );
    const sample = sampleOf(report, signature);
    if (sample) {
      io.line(`       ${io.colors.dim(sample.request)}`);
      io.line(`       ${io.colors.red(`- ${line(sample.old)}`)}`);
      io.line(`       ${io.colors.green(`+ ${line(sample.new)}`)}`);
    }
    printOwners(io, report, signature);
  }
  const rest = report.signatures.length - MOST;
  if (rest > 0) io.line(`     and ${plural(rest, 'more signature')} in the report`);
}

/** Each owner once, with the edits it is narrowed down to. */
function printOwners(io: Io, report: RunReport, signature: Signature): void {
  const owners = new Map<string, Cell>();
  for (const at of signature.cells) {
    const cell = report.cells[at];
    if (cell?.owner) owners.set(`${cell.owner.kind} ${cell.owner.edits?.map(editPlace).join()}`, cell);
  }
  for (const { owner, location } of [...owners.values()].slice(0, 3)) {
    if (!owner) continue;
    io.line(
      `       ${io.colors.bold('owner')} ${ownerWord(owner)}${owners.size > 1 ? io.colors.dim(` (${location})`) : ''}`,
    );
    for (const edit of owner.edits?.slice(0, 3) ?? [])
      io.line(
        `         ${editPlace(edit)}  ${io.colors.dim(`${edit.rule}: ${line(edit.after ?? edit.before)}`)}`,
      );
  }
}

/** Why the newest release of the new side's runtime could not be asked, where no corner says it. */
function unchecked({ cells, attribution }: RunReport): Set<string> {
  const said = new Set(attribution?.corners.map(({ failed }) => failed));
  const problems = cells.flatMap(({ owner }) => owner?.release?.problem ?? []);
  return new Set(problems.filter((problem) => !said.has(problem)));
}

/** The sample that shows what the signature is named after. */
function sampleOf(report: RunReport, signature: Signature) {
  const cells = signature.cells
    .map((at) => report.cells[at])
    .filter((cell): cell is Cell => cell !== undefined);
  const routes = new Set(signature.routes.map(({ route }) => route));
  const named = cells.find(
    ({ kind, route }) => routes.has(route) && (kind === 'status' || kind === 'transport'),
  );
  const own = cells.filter(({ route }) => routes.has(route));
  // A length and an ETag follow from what the body shows.
  const cause = own.find(({ location }) => !/^header:(content-length|etag)$/.test(location));
  return (named ?? cause ?? own[0])?.exemplars[0];
}

/** After the run: how far each route's sample reaches. */
function printRouteSamples(io: Io, { routes }: RunReport): void {
  const bounded = routes.filter(({ defectBound }) => defectBound !== null);
  const open = bounded.filter(({ compared }) => compared < FOR_ONE_PERCENT);
  const [weakest] = open.toSorted((a, b) => a.compared - b.compared);
  if (!weakest) return;
  io.line();
  io.line(
    `samples      ${bounded.length - open.length} of ${plural(bounded.length, 'route')} without a difference have the ${FOR_ONE_PERCENT} exchanges that bound defects below 1%;` +
      ` weakest ${weakest.route}: ${weakest.compared}, below ${percent(weakest.defectBound ?? 1)}`,
  );
}

const line = (value: string | null): string =>
  value === null ? '(nothing)' : value.replace(/\s+/g, ' ').slice(0, 120);

function printNoise(io: Io, cells: readonly Cell[]): void {
  io.line();
  for (const cell of cells.filter(({ explained }) => !explained).slice(0, MOST)) {
    const [sample] = cell.exemplars;
    io.line(
      `  noise  ${cell.route}  ${cell.location}: ${cell.kind}  ${io.colors.dim(`${line(sample?.old ?? null)} · ${line(sample?.new ?? null)}`)}`,
    );
  }
}

function printExplained(io: Io, { rules, waivers, cells, calibration }: RunReport): void {
  const tests = new Map(
    [...cells, ...calibration.cells].map((cell) => [`${cell.route} ${cell.location}`, cell.noise]),
  );
  for (const [place, noise] of tests) {
    if (!noise) continue;
    io.line(
      `noise        ${place}: new differs ${noise.b}, old's repeat ${noise.c} of ${noise.n}, p ${noise.p.toPrecision(2)}: ${NOISE[noise.result]}`,
    );
  }
  const used = rules.filter(({ exchanges }) => exchanges > 0);
  if (used.length > 0)
    io.line(`explained    ${used.map(({ id, exchanges }) => `${id} ${exchanges}`).join(' · ')}`);
  for (const each of waivedBy({ waivers, cells })) {
    const [first = '', ...more] = wrap('', `${waivedLine(each)} (until ${each.expires})`, 13);
    io.line(`waived       ${first}`);
    for (const line of more) io.line(line);
  }
}

function printLatency(io: Io, { sides }: RunReport): void {
  const { old, new: next } = sides;
  if (!old.latency || !next.latency) return;
  const rss =
    old.rssBytes !== null && next.rssBytes !== null
      ? `   RSS ${megabytes(old.rssBytes)} → ${megabytes(next.rssBytes)}`
      : '';
  const times = (['p50', 'p95', 'p99'] as const).map((name) => timesOfSides(sides, name));
  io.line(`latency      ${times.join('   ')}${rss}`);
}

/** The latency phase: its plan, response times, what the sides used, and what a switch can bring at most. */
function printLoad(io: Io, latency: LatencySection): void {
  io.line();
  io.line(`${io.colors.bold('under load')}   ${latency.outcome}`);
  const say = (text: string) => {
    for (const line of wrap('             ', text, 13)) io.line(line);
  };
  const owner = loadOwnerLine(latency);
  if (owner !== null) say(owner);
  say(planLine(latency));
  for (const line of quantileLines(latency)) io.line(`             ${line}`);
  const rows = resourceRows(latency).map(([label, old, , next]) => [label, old, next]);
  for (const line of columns([['', 'old', 'new'], ...rows], '             ')) io.line(io.colors.dim(line));
  for (const line of shareLines(latency)) say(line);
  for (const { reason, requests } of latency.leftOut)
    say(`${plural(requests, 'request')} left out: ${reason}.`);
  io.line();
}
