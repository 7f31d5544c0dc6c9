import type { Command as Program } from 'commander';
import { PROBE_CLASSES } from '../../model/probe-classes.ts';
import { SAMENESSES, TRAITS } from '../../model/waiver-words.ts';
import { RULES } from '../../shadow/judging/rules.ts';
import type { Options } from '../actions/shadow.ts';
import type { CommandFile } from '../command.ts';
import { registerCoverage } from '../shadow-coverage.ts';
import { shadowGroup } from '../shadow-group.ts';
import { withLatencyFlags } from '../shadow-latency-flags.ts';

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
        '--layer <runtime:dir>',
        'stands in front of the new side, as in workers:./edge; both are judged as one (codemod extract-edge)',
      )
      .option(
        '--limits <file>',
        'routes known not to run on the target: a change set, or a list of {route, runtime, reason}',
      )
      .option(
        '--waivers <file>',
        'accepted findings (default .migrate/waivers.yaml, here and in the new side’s folder)',
      )
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
        `also ask what no recording holds: ${PROBE_CLASSES.join(', ')} (separated by commas)`,
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
  migrate shadow run --old node@22:. --new node@22:. --layer workers:./edge --traffic traffic.har --writes isolated
  migrate shadow run --resume

A resumed run has the options it was started with. What was compared stays compared and is counted once; it is sent
again, in its order, so that the sides, which start fresh, get to the state they were in.

Waivers (.migrate/waivers.yaml here and in the new side's folder) accept findings: route, location, reason and expires; and,
to say no more than is meant: kind, runtime, old and new (the value, null for nothing, { type: … }, { matches: "^…$" }),
same, when, follows. What a codemod left out on purpose it has prepared there, bound to its edits.
  same: ${Object.entries(SAMENESSES)
    .map(([name, what]) => `${name}: ${what}`)
    .join('\n        ')}
  when: ${Object.entries(TRAITS)
    .map(([name, what]) => `${name}: ${what}`)
    .join('\n        ')}

Rules that may explain a difference (each says in the report how often it was applied)
${RULES.map((rule) => `  ${rule.id}${condition(rule)}: ${rule.allows}`).join('\n')}

Exit codes: 0 PASS · 1 FAIL · 2 bad usage · 3 a side does not start, or the traffic cannot be read · 6 INCONCLUSIVE · 7 INVALID · 130 interrupted`,
      )
      .action((options: Options, self: Program) =>
        run(async () => {
          const { shadow } = await import('../actions/shadow.ts');
          const named = (name: string) => self.getOptionValueSource(name) === 'cli';
          return shadow(io, options, Object.keys(options).filter(named));
        }),
      );
  },
};
export default command;
