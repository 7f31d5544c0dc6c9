import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Aggregate } from '../../model/aggregate.ts';
import { ExitCode } from '../../model/exit.ts';
import { ProbeClass } from '../../model/probes.ts';
import type { Io } from '../../report/io.ts';
import { printSamples } from '../../report/samples.ts';
import { printShadowRun } from '../../report/shadow.ts';
import { splitSide } from '../../runtimes/index.ts';
import {
  collectShadow,
  conclude,
  type GivenState,
  launchSides,
  parseShard,
  RULES,
  type RunOptions,
  readLimits,
  readWaivers,
  runId,
  samplePlan,
  splitCommand,
} from '../../shadow/index.ts';
import { openRepository } from '../../workspace/repository.ts';
import { stateFolder } from '../../workspace/state.ts';
import type { CommandFile } from '../command.ts';
import { attributeRun } from '../shadow-corners.ts';
import { registerCoverage } from '../shadow-coverage.ts';
import { writeReport } from '../shadow-files.ts';
import { EXIT, shadowGroup } from '../shadow-group.ts';
import { routesOf, trafficOf } from '../traffic.ts';
import { numberOf, usage } from '../usage.ts';

interface Options {
  old: string;
  new: string;
  traffic: string;
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
    shadow
      .command('run')
      .description('replays traffic on both sides, compares every answer and gives a verdict')
      .requiredOption('--old <runtime:dir>', 'the side that is right, as in node@22:./app')
      .requiredOption('--new <runtime:dir>', 'the side to be judged, as in bun@1.4:./app')
      .requiredOption('--traffic <file>', 'recorded traffic, or "routes": see migrate shadow coverage --help')
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
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        `
Each side runs in a fresh copy of its folder, the old one twice: what the old side does not repeat is noise, not a finding.
Where something differs, old code on the new runtime and new code on the old runtime are asked too: that tells who caused it.

Examples
  migrate shadow run --old node@22:. --new bun@1.4:. --traffic traffic.har
  migrate shadow run --old node@22:../main --new deno@2:. --traffic traffic.har --writes isolated
  migrate shadow run --old node@22:../main --new workers:. --traffic traffic.har --writes isolated --limits limits.json

Rules that may explain a difference (each says in the report how often it was applied)
${RULES.map((rule) => `  ${rule.id}${condition(rule)}: ${rule.allows}`).join('\n')}

Exit codes: 0 PASS · 1 FAIL · 2 bad usage · 3 a side does not start, or the traffic cannot be read · 6 INCONCLUSIVE · 7 INVALID · 130 interrupted`,
      )
      .action((options: Options) => run(() => shadowRun(io, options)));
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

async function shadowRun(io: Io, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
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
  const old = await splitSide(options.old, io.cwd);
  const next = await splitSide(options.new, io.cwd);
  for (const { dir } of [old, next]) await openRepository(dir, { packageJson: 'optional' });
  const routes = await routesOf(io, old.dir);
  const traffic = await trafficOf(io, options.traffic, routes);
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
  const sides = {
    old: { spec: options.old, entry: options.oldEntry },
    new: { spec: options.new, entry: options.newEntry },
  };
  const common: RunOptions = {
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

  const start = { readyTimeoutMs, effects: options.effects, ...(state && { state }) };
  const id = runId(new Date());
  const out = options.out === undefined ? join(stateFolder(io.cwd), 'runs', id) : at(options.out);
  const isNew = mkdirSync(out, { recursive: true }) !== undefined;
  const logs = join(out, 'logs');
  const launched = await launchSides(sides, {
    ...{ cwd: io.cwd, logs, ...start, signal: io.signal },
    progress: (text) => io.progress(text),
    notice: (text) => io.note(text),
  }).catch((error) => {
    // Logs of a crash are evidence; a folder without any is not.
    if (isNew && readdirSync(out).length === 0) rmSync(out, { recursive: true });
    throw error;
  });
  printSamples(io, samplePlan(traffic.exchanges, { ...common, shard }));
  let aggregate: Aggregate;
  try {
    aggregate = await collectShadow(launched.sides, traffic, {
      ...{ ...common, id, shard, notes: launched.notes },
      progress: (done, of) => io.progress(`${done + 1} of ${of} exchanges`),
    });
  } finally {
    io.progress('stopping');
    await launched.close();
    io.progress(null);
  }
  const judged = conclude(aggregate, common);
  const report =
    options.attribute && !judged.interrupted
      ? await attributeRun(io, judged, {
          ...sides,
          traffic,
          routes,
          options: common,
          start: { ...start, answers: launched.sides.egress?.book },
          logs,
        })
      : judged;
  const files = writeReport(out, report, aggregate).map((file) => relative(io.cwd, file) || file);
  if (io.json) io.document(report);
  printShadowRun(io, report, files);
  return report.interrupted ? ExitCode.interrupted : EXIT[report.verdict];
}
