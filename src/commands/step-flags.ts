import type { Command as Program } from 'commander';

/** The flags of the commands that carry steps out. */
export const withStepFlags = (command: Program): Program =>
  command
    .option('-y, --yes', 'apply what is shown without asking')
    .option('--answer <text>', 'the answer to the next question that a step asks of a person')
    .option(
      '--writes <mode>',
      'isolated: comparisons also send requests that change data, to copies',
      'refused',
    )
    .option(
      '--traffic <file>',
      'what comparisons send (default: the newest recording, else traffic.har, else requests made from the routes)',
    )
    .option('--latency', 'comparisons also measure latency and memory under load')
    .option('--prefix <text>', 'put before the subject of each commit, as in "chore: "', '')
    .option('--all', 'show long changes whole')
    .option('--dir <dir>', 'the repository', '.')
    .option('--json', 'print one JSON document (schema migrate/applied, version 1)');

/** What the commands for steps have in common, for their help. */
export const STEP_EXIT_CODES = `Exit codes
  0 done, or nothing was open   1 a comparison or a question came out wrong   2 no such step
  3 dirty tree, no git, no branch, a branch that moved, a plan older than the repository, a blocked stage, locked, disk full
  4 a check failed or a hook refused: nothing was committed, every file is as it was
  5 an answer was needed and there is no terminal   130 interrupted (every file is as it was)`;
