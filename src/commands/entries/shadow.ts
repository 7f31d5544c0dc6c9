import { join, relative, resolve } from 'node:path';
import type { Command as Program } from 'commander';
import { ExitCode } from '../../model/exit.ts';
import { ProbeClass } from '../../model/probes.ts';
import type { Io } from '../../report/io.ts';
import { printShadowRun } from '../../report/shadow.ts';
import { findEntry, splitSide } from '../../runtimes/index.ts';
import {
  conclude,
  type GivenState,
  parseShard,
  RULES,
  type RunOptions,
  readLimits,
  readRedactRules,
  readWaivers,
  redactionKey,
  redactor,
  runId,
  splitCommand,
} from '../../shadow/index.ts';
import { openRepository } from '../../workspace/repository.ts';
import { stateFolder } from '../../workspace/state.ts';
import { collectEarly } from '../collect-early.ts';
import type { CommandFile } from '../command.ts';
import { compareSides } from '../shadow-attempt.ts';
import { attributeRun } from '../shadow-corners.ts';
import { registerCoverage } from '../shadow-coverage.ts';
import { writeAggregate, writeReport } from '../shadow-files.ts';
import { EXIT, shadowGroup } from '../shadow-group.ts';
import { type LatencyFlags, latencyOptions, measureLatency, withLatencyFlags } from '../shadow-latency.ts';
import { attributeLoad, loadUnowned } from '../shadow-load-owner.ts';
import { type EarlierRun, earlierRun, forgetProgress, marksOf, requireSame } from '../shadow-resume.ts';
import { routesOf, trafficOf } from '../traffic.ts';
import { numberOf, usage } from '../usage.ts';

interface Options extends LatencyFlags {
  old?: string;
  new?: string;
  traffic?: string;
  writes: string;
  oldEntry?: string;
  newEntry?: string;
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

/** When a rule counts, for the help text. */
function condition({ id, active }: (typeof RULES)[number]): string {
  if (active({ old: 'node', new: 'node' })) return '';
  return id.startsWith('workerd-') ? ' (for workers)' : ' (for workers; elsewhere with --allow)';
}

const command: CommandFile = {
  register(program, io, run) {
    const shadow = shadowGroup(program);
    registerCoverage(shadow, io, run);
    const command = shadow
      .command('run')
      .description('replays traffic on both sides, compares every answer and gives a verdict')
      .option('--old <runtime:dir>', 'the side that is right, as in node@22:./app')
      .option('--new <runtime:dir>', 'the side to be judged, as in bun@1.4:./app')
      .option('--traffic <file>', 'recorded traffic, or "routes": see migrate shadow coverage --help')
      .option(
        '--writes <mode>',
        'isolated: also send requests that change data, each side having state of its own',
        'refused',
      )
      .option('--old-entry <file>', 'the file to start on the old side, relative to its folder')
      .option('--new-entry <file>', 'the file to start on the new side, relative to its folder')
      .option(
        '--limits <file>',
        'routes known not to run on the target: a change set, or a list of {route, runtime, reason}',
      )
      .option('--waivers <file>', 'accepted findings (default .migrate/waivers.yaml)')
      .option(
        '--allow <rule>',
        'count an optional rule as an explanation; may be repeated',
        (id: string, all: string[]) => [...all, id],
        [],
      )
      .option('--timeout <ms>', 'for one answer', '10000')
      .option('--start-timeout <ms>', 'for a side to answer its first request', '20000')
      .option('--min-coverage <percent>', 'of the routes, needed for a PASS', '80')
      .option(
        '--max-extra <percent>',
        'additional differences that must not hide where the old side differs from itself',
        '5',
      )
      .option('--shard <i/n>', 'only this share of the sessions; `migrate shadow merge` puts them together')
      .option(
        '--no-attribute',
        'do not ask who caused the differences (old code on the new runtime, and the reverse)',
      )
      .option('--state <folder>', 'laid over each side’s copy of its folder before it starts')
      .option(
        '--state-command <argv>',
        'a program with arguments, run in each side’s copy before it starts (no shell)',
      )
      .option(
        '--probe <classes>',
        `also ask what no recording holds: ${ProbeClass.options.join(', ')} (separated by commas)`,
      )
      .option(
        '--no-effects',
        'do not compare what the sides did beside answering: files, objects, outgoing HTTP',
      )
      .option('--out <dir>', 'where the report is written (default .migrate/runs/<id>)')
      .option(
        '--resume [run]',
        'go on with a run that was killed or interrupted: the newest, or the one that is named',
      )
      .option('--json', 'machine-readable result on stdout');
    withLatencyFlags(command)
      .addHelpText(
        'after',
        `
Each side runs in a fresh copy of its folder, the old one twice: what the old side does not repeat is noise, not a finding.
Where something differs, old code on the new runtime and new code on the old runtime are asked too: that tells who caused it.
Where the runtime has a part in it and is not its newest release, so is the new code on that: an upgrade may take it away.

Examples
  migrate shadow run --old node@22:. --new bun@1.4:. --traffic traffic.har
  migrate shadow run --old node@22:../main --new deno@2:. --traffic traffic.har --writes isolated
  migrate shadow run --old node@22:. --new bun:. --traffic traffic.har --latency --rate 100 --duration 30
  migrate shadow run --old node@22:../main --new workers:. --traffic traffic.har --writes isolated --limits limits.json
  migrate shadow run --resume

A resumed run has the options it was started with. What was compared stays compared and is counted once; it is sent
again, in its order, so that the sides, which start fresh, get to the state they were in.

Rules that may explain a difference (each says in the report how often it was applied)
${RULES.map((rule) => `  ${rule.id}${condition(rule)}: ${rule.allows}`).join('\n')}

Exit codes: 0 PASS · 1 FAIL · 2 bad usage · 3 a side does not start, or the traffic cannot be read · 6 INCONCLUSIVE · 7 INVALID · 130 interrupted`,
      )
      .action((options: Options, self: Program) =>
        run(async () => {
          if (options.resume === undefined) return shadowRun(io, options, null);
          const more = Object.keys(options).find(
            (name) => !/^(resume|json)$/.test(name) && self.getOptionValueSource(name) === 'cli',
          );
          if (more !== undefined) throw usage('--resume goes on with the options the run was started with.');
          const named = options.resume === true ? undefined : options.resume;
          const earlier = await earlierRun(io.cwd, named, (path) => resolve(io.cwd, path));
          const given = earlier.progress.start.options as unknown as Options;
          return shadowRun(io, { ...given, json: Boolean(options.json) }, earlier);
        }),
      );
  },
};
export default command;

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
  const marks = await marksOf({
    ...{ 'the old side': old.dir, 'the new side': next.dir, 'the traffic': at(file) },
    ...(options.state !== undefined && { 'the state': at(options.state) }),
    'the list of limits': at(options.limits ?? '.migrate/evidence'),
    'the list of waivers': at(options.waivers ?? '.migrate/waivers.yaml'),
  });
  if (earlier) requireSame(earlier.progress.start, marks);
  const routes = await routesOf(io, old.dir);
  const traffic = await trafficOf(io, file, routes);
  const limits = readLimits(
    options.limits === undefined ? undefined : at(options.limits),
    at('.migrate/evidence'),
  );
  const waivers = readWaivers(at(options.waivers ?? '.migrate/waivers.yaml'));

  if (options.state !== undefined && options.stateCommand !== undefined)
    throw usage('--state and --state-command exclude each other.');
  const state = givenState(options);
  const probes = probesOf(options.probe);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const load = latencyOptions(io, options);
  const sides = {
    old: { spec: oldSide, entry: options.oldEntry },
    new: { spec: newSide, entry: options.newEntry },
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
