import type { Cell } from '../model/comparison.ts';
import type { RunReport, SideReport, Signature } from '../model/verdict.ts';
import { boundLine, megabytes, milliseconds, percent, plural } from './format.ts';
import type { Io } from './io.ts';

const MOST = 10;

/** A shadow run on one screen: calibration, coverage, verdict, what differs, latency, where the report is. */
export function printShadowRun(io: Io, report: RunReport, files: readonly string[]): void {
  const { colors } = io;
  printSides(io, report);
  printEyes(io, report);
  printCoverage(io, report);
  io.line();
  const paint =
    report.verdict === 'PASS' ? colors.green : report.verdict === 'FAIL' ? colors.red : colors.yellow;
  const [reason = '', ...more] = report.reasons;
  io.line(`${colors.bold(paint(report.verdict))}   ${reason}`);
  for (const one of more) io.line(`       ${one}`);
  if (report.verdict === 'PASS') io.line(`       ${colors.dim(`${boundLine(report)}.`)}`);
  if (report.signatures.length > 0) printSignatures(io, report);
  if (!report.calibration.clean) printNoise(io, report.calibration.cells);
  io.line();
  printExplained(io, report);
  printLatency(io, report);
  for (const warning of report.warnings) io.note(`${colors.yellow('warning')}  ${warning}`);
  for (const [i, file] of files.entries()) io.line(`${i === 0 ? 'report' : '      '}       ${file}`);
  io.line(`${colors.dim('next')}         ${nextStep(report, files)}`);
}

function printSides(io: Io, { sides }: RunReport): void {
  const one = (side: SideReport) => {
    const start = side.startMs === null ? '' : `, started in ${milliseconds(side.startMs)}`;
    const date = side.compatibilityDate ? `, compatibility date ${side.compatibilityDate}` : '';
    return `${side.runtime} ${side.version}  ${side.dir}${io.colors.dim(`${start}${date}${side.gitSha ? `, ${side.gitSha.slice(0, 8)}${side.gitSha.endsWith('-dirty') ? '-dirty' : ''}` : ''}`)}`;
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
  }
  const rest = report.signatures.length - MOST;
  if (rest > 0) io.line(`     and ${plural(rest, 'more signature')} in the report`);
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
  return (named ?? cells.find(({ route }) => routes.has(route)))?.exemplars[0];
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

function printExplained(io: Io, { rules, waivers }: RunReport): void {
  const used = rules.filter(({ exchanges }) => exchanges > 0);
  if (used.length > 0)
    io.line(`explained    ${used.map(({ id, exchanges }) => `${id} ${exchanges}`).join(' · ')}`);
  const waived = waivers.filter(({ state }) => state === 'used');
  for (const { route, location, reason, expires, exchanges } of waived) {
    io.line(`waived       ${route} ${location} ${exchanges}: ${reason} (until ${expires})`);
  }
}

function printLatency(io: Io, { sides }: RunReport): void {
  const { old, new: next } = sides;
  if (!old.latency || !next.latency) return;
  const pair = (name: 'p50' | 'p95' | 'p99') =>
    `${name} ${milliseconds(old.latency?.[name] ?? 0)} → ${milliseconds(next.latency?.[name] ?? 0)}`;
  const rss =
    old.rssBytes !== null && next.rssBytes !== null
      ? `   RSS ${megabytes(old.rssBytes)} → ${megabytes(next.rssBytes)}`
      : '';
  io.line(`latency      ${pair('p50')}   ${pair('p95')}   ${pair('p99')}${rss}`);
}

function nextStep(
  { verdict, counts, calibration, interrupted }: RunReport,
  files: readonly string[],
): string {
  if (interrupted) return 'run it again to the end';
  if (verdict === 'PASS') return 'record more traffic: the bound above shrinks with every exchange';
  if (verdict === 'FAIL')
    return `open ${files.find((file) => file.endsWith('.html')) ?? files[0] ?? 'the report'}, or accept a finding in .migrate/waivers.yaml`;
  if (!calibration.clean) return 'make the old side repeatable, or accept its noise in .migrate/waivers.yaml';
  if (counts.notCompared > 0)
    return 'see what was not compared; --writes isolated sends requests that change data';
  return counts.uncovered > 0
    ? 'record traffic that reaches the uncovered routes'
    : 'settle the reason above, then run it again';
}
