import { join, relative, resolve } from 'node:path';
import { ExitCode } from '../../model/exit.ts';
import { ProbeClass } from '../../model/probes.ts';
import type { Io } from '../../report/io.ts';
import { printShadowRun } from '../../report/shadow/shadow.ts';
import { findEntry, splitSide } from '../../runtimes/index.ts';
import {
  announced,
  conclude,
  type GivenState,
  parseShard,
  RULES,
  type RunOptions,
  readChanges,
  readLimits,
  readRedactRules,
  redactionKey,
  redactor,
  runId,
  splitCommand,
} from '../../shadow/index.ts';
import { keepRun } from '../../workspace/evidence/shadow-runs.ts';
import { openRepository } from '../../workspace/repository.ts';
import { stateFolder } from '../../workspace/state.ts';
import { collectEarly } from '../collect-early.ts';
import { compareSides } from '../shadow-attempt.ts';
import { attributeRun } from '../shadow-corners.ts';
import { writeAggregate, writeReport } from '../shadow-files.ts';
import { EXIT } from '../shadow-group.ts';
import { latencyOptions, measureLatency } from '../shadow-latency.ts';
import type { LatencyFlags } from '../shadow-latency-flags.ts';
import { attributeLoad, loadUnowned } from '../shadow-load-owner.ts';
import { type EarlierRun, earlierRun, forgetProgress, marksOf, requireSame } from '../shadow-resume.ts';
import { routesOf, trafficOf } from '../traffic.ts';
import { numberOf, usage } from '../usage.ts';
import { waiverFiles, waiversOf } from '../waivers.ts';

export interface Options extends LatencyFlags {
  old?: string;
  new?: string;
  traffic?: string;
  writes: string;
  oldEntry?: string;
  newEntry?: string;
  layer?: string;
  limits?: string;
  waivers?: string;
  allow: string[];
  timeout: string;
  startTimeout: string;
  minCoverage: string;
  maxExtra: string;
  shard?: string;
  attribute: boolean;
  effects: boolean;
  state?: string;
  probe?: string;
  stateCommand?: string;
  out?: string;
  resume?: string | true;
  json?: boolean;
}

function probesOf(given: string | undefined): ProbeClass[] {
  return (given ?? '')
    .split(',')
    .filter((name) => name !== '')
    .map((name) => {
      const parsed = ProbeClass.safeParse(name.trim());
      if (parsed.success) return parsed.data;
      throw usage(`--probe is a list of ${ProbeClass.options.join(', ')}, not "${given}".`);
    });
}

function givenState({ state, stateCommand }: Options): GivenState | undefined {
  if (stateCommand !== undefined) return { command: splitCommand(stateCommand) };
  return state === undefined ? undefined : { folder: state };
}

/**
 * `migrate shadow run`, from its start or, with `--resume`, from where it ended.
 *
 * @param named the options that stand on the command line
 */
export async function shadow(io: Io, options: Options, named: readonly string[]): Promise<ExitCode> {
  if (options.resume === undefined) return shadowRun(io, options, null);
  if (named.some((name) => !/^(resume|json)$/.test(name)))
    throw usage('--resume goes on with the options the run was started with.');
  const run = options.resume === true ? undefined : options.resume;
  const earlier = await earlierRun(io.cwd, run, (path) => resolve(io.cwd, path));
  const given = earlier.progress.start.options as unknown as Options;
  return shadowRun(io, { ...given, json: Boolean(options.json) }, earlier);
}

async function shadowRun(io: Io, options: Options, earlier: EarlierRun | null): Promise<ExitCode> {
  io.json = Boolean(options.json);
  collectEarly();
  const given = { old: options.old, new: options.new, traffic: options.traffic };
  for (const [name, value] of Object.entries(given))
    if (value === undefined) throw usage(`--${name} is missing: see migrate shadow run --help.`);
  const { old: oldSide = '', new: newSide = '', traffic: file = '' } = given;
  if (!['refused', 'isolated'].includes(options.writes))
    throw usage(`--writes is "isolated" or "refused", not "${options.writes}".`);
  const unknown = options.allow.find((id) => !RULES.some((rule) => rule.id === id));
  if (unknown !== undefined) throw usage(`--allow: there is no rule "${unknown}".`);
  const timeoutMs = numberOf('--timeout', options.timeout, 1, 3_600_000);
  const readyTimeoutMs = numberOf('--start-timeout', options.startTimeout, 1, 3_600_000);
  const minCoverage = numberOf('--min-coverage', options.minCoverage, 0, 100) / 100;
  const extra = numberOf('--max-extra', options.maxExtra, 0.01, 100) / 100;
  const at = (path: string) => resolve(io.cwd, path);

  // Everything that can be wrong with the arguments is known before the first process starts.
  const old = await splitSide(oldSide, io.cwd);
  const next = await splitSide(newSide, io.cwd);
  for (const [{ dir, spec }, entry] of [
    [old, options.oldEntry],
    [next, options.newEntry],
  ] as const) {
    await openRepository(dir, { packageJson: 'optional' });
    // What is laid over a copy, or run in it, may bring the file to start.
    if (!options.state && !options.stateCommand) await findEntry(dir, spec.name, entry);
  }
  const front = options.layer === undefined ? null : await splitSide(options.layer, io.cwd);
  if (front) await findEntry(front.dir, front.spec.name);
  const marks = await marksOf({
    ...(front && { 'the layer': front.dir }),
    ...{ 'the old side': old.dir, 'the new side': next.dir, 'the traffic': at(file) },
    ...(options.state !== undefined && { 'the state': at(options.state) }),
    'the list of limits': at(options.limits ?? '.migrate/evidence'),
    ...Object.fromEntries(
      waiverFiles(io.cwd, options.waivers, next.dir).map((path, i) => [
        i === 0 ? 'the list of waivers' : 'the list of waivers of the new side',
        path,
      ]),
    ),
  });
  if (earlier) requireSame(earlier.progress.start, marks);
  const routes = await routesOf(io, old.dir);
  const traffic = await trafficOf(io, file, routes);
  const limits = readLimits(
    options.limits === undefined ? undefined : at(options.limits),
    at('.migrate/evidence'),
  );
  const waivers = waiversOf(waiverFiles(io.cwd, options.waivers, next.dir));

  if (options.state !== undefined && options.stateCommand !== undefined)
    throw usage('--state and --state-command exclude each other.');
  const state = givenState(options);
  const probes = probesOf(options.probe);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const load = latencyOptions(io, options);
  const sides = {
    old: { spec: oldSide, entry: options.oldEntry },
    new: {
      spec: newSide,
      entry: options.newEntry,
      ...(options.layer !== undefined && { layer: options.layer }),
    },
  };
  const own = stateFolder(io.cwd);
  const redact = redactor(redactionKey(own), readRedactRules(own));
  const common: RunOptions = {
    redact,
    writes: options.writes === 'isolated' ? 'isolated' : 'refused',
    ...{
      routes,
      limits,
      waivers,
      announced: announced(readChanges(next.dir), routes),
      allow: options.allow,
      timeoutMs,
      minCoverage,
      extra,
      probes,
      signal: io.signal,
    },
  };

  const launch = { readyTimeoutMs, effects: options.effects, ...(state && { state }) };
  const startedAt = new Date();
  const id = earlier?.progress.start.id ?? runId(startedAt);
  const asked = options.out === undefined ? join(own, 'runs', id) : at(options.out);
  const out = earlier?.folder ?? asked;
  const start = earlier?.progress.start ?? {
    ...{ type: 'start' as const, version: 1 as const, id, startedAt: startedAt.toISOString() },
    ...{ cwd: io.cwd, options: { ...options }, marks },
  };
  const before = earlier?.progress ?? null;
  const logs = join(out, 'logs');
  const compared = earlier?.aggregate
    ? { aggregate: earlier.aggregate, answers: undefined }
    : await compareSides(io, {
        ...{ sides, traffic, options: common, shard, out, launch, start, before },
        attribute: options.attribute,
      });
  let { aggregate } = compared;
  if (load && !aggregate.latency) {
    aggregate = await measureLatency(io, aggregate, load, { sides, traffic, common, start: launch, logs });
    writeAggregate(out, aggregate);
  }
  const judged = conclude(aggregate, common);
  const whole = {
    ...{ ...sides, traffic, routes, options: common, logs },
    start: { ...launch, answers: compared.answers },
  };
  const report = judged.interrupted
    ? judged
    : options.attribute
      ? await attributeLoad(io, await attributeRun(io, judged, whole), load ?? {}, whole)
      : loadUnowned(judged);
  let files: string[] = [];
  let unwritten: unknown = null;
  try {
    files = writeReport(out, report).map((file) => relative(io.cwd, file) || file);
    keepRun(io.cwd, report);
    if (!report.interrupted) forgetProgress(out);
  } catch (error) {
    unwritten = error;
  }
  if (io.json) io.document(report);
  printShadowRun(io, report, files);
  if (unwritten !== null) throw unwritten;
  if (report.interrupted) io.note('Go on with it: migrate shadow run --resume');
  return report.interrupted ? ExitCode.interrupted : EXIT[report.verdict];
}
