import { Command, CommanderError } from 'commander';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import { type Io, processIo } from '../report/io.ts';
import { discover } from '../workspace/discover.ts';
import { diskFull } from '../workspace/disk-full.ts';
import { meant } from './actions/meant.ts';
import type { CommandFile } from './command.ts';
import { ownVersion } from './version.ts';

const HELP = `
Examples
  migrate                                   where this repository stands, and the next action
  migrate try                               this application on every runtime, in scratch copies
  migrate plan                              where it should run, in which stages
  migrate apply --dry-run                   what the plan's next step would change
  migrate codemod run express-to-hono       what a codemod would change
  migrate shadow run --help                 old and new side by side on recorded traffic

Exit codes
  0 done, or PASS          1 FAIL, or findings over the threshold    2 bad usage
  3 precondition not met   4 applied, then reverted                  5 an answer was needed and there is no TTY
  6 INCONCLUSIVE           7 INVALID run                             70 internal error   130 interrupted`;

/**
 * Parses the arguments, calls one command and returns the exit code. Never throws and never exits the process.
 *
 * @param args the arguments after the program's name
 */
export async function main(args: string[], given?: Io): Promise<ExitCode> {
  const interrupt = new AbortController();
  const io = given ?? processIo(interrupt.signal);
  const onSignal = () => {
    if (interrupt.signal.aborted) return;
    interrupt.abort(
      new MigrateError('INTERRUPTED', 'Interrupted.', {
        exitCode: ExitCode.interrupted,
      }),
    );
  };
  if (!given) for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

  let code: ExitCode = ExitCode.ok;
  const program = new Command('migrate')
    .description('Moves a Node.js backend to the runtime it should be on, with proof at each step.')
    .version(await ownVersion(), '-V, --version')
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride()
    .configureOutput({
      writeErr: (text) => io.note(text.trimEnd()),
      writeOut: (text) => io.line(text.trimEnd()),
      // What Commander suggests for a command is its last word alone: `meant` says the whole.
      outputError: (text, write) => write(text.replace(/^(error: unknown command .*)\n\(.*\)$/m, '$1')),
    })
    .addHelpText('after', HELP);
  // Most of a short run is loading code: of the commands only the one that is asked for.
  const entries = await discover<CommandFile | undefined>(new URL('./entries/', import.meta.url), args[0]);
  for (const file of entries) {
    file?.register(program, io, async (work) => {
      code = await work();
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Wrong arguments are found before the command has seen --json.
    io.json ||= args.includes('--json');
    return fail(io, error, isUnknownCommand(error) ? await hintOf(io, args) : undefined);
  } finally {
    io.progress(null);
    if (!given) for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
  }
}

const isUnknownCommand = (error: unknown): boolean =>
  error instanceof CommanderError && error.code === 'commander.unknownCommand';

/** Which command may have been meant, in a sentence. */
async function hintOf(io: Io, args: readonly string[]): Promise<string | undefined> {
  const every = new Command('migrate');
  for (const file of await discover<CommandFile>(new URL('./entries/', import.meta.url)))
    file.register(every, io, async () => {});
  const commands = (await meant(every, args)).map((one) => `\`${one}\``);
  return commands.length === 0 ? undefined : `Did you mean ${commands.join(' or ')}?`;
}

function fail(io: Io, error: unknown, hint?: string): ExitCode {
  const cause = diskFull(io.signal.aborted ? io.signal.reason : error);
  // Commander has printed its own sentence already; help and version are no failures.
  if (cause instanceof CommanderError) {
    if (cause.exitCode === 0) return ExitCode.ok;
    errorDocument(
      io,
      'USAGE',
      cause.message.replace(/^error: /, '').split('\n', 1)[0] ?? '',
      ExitCode.usage,
      hint,
    );
    if (hint !== undefined) io.note(hint);
    return ExitCode.usage;
  }
  if (cause instanceof MigrateError) {
    errorDocument(io, cause.code, cause.message, cause.exitCode, cause.hint);
    io.note(`${io.colors.red('error')} ${cause.message}`);
    if (cause.hint) io.note(`      ${cause.hint}`);
    return cause.exitCode;
  }
  errorDocument(io, 'INTERNAL', cause instanceof Error ? cause.message : String(cause), ExitCode.internal);
  io.note(`internal error (a defect of migrate): ${cause instanceof Error ? cause.stack : String(cause)}`);
  return ExitCode.internal;
}

function errorDocument(io: Io, code: string, message: string, exitCode: ExitCode, hint?: string): void {
  if (io.json) io.document({ schema: 'migrate/error', version: 1, ...{ code, message, hint, exitCode } });
}
