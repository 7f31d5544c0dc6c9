import { type Invocation, invocations, runtimeCall } from '../../workspace/command-line.ts';

const STARTERS = new Set([
  ...['node', 'bun', 'deno', 'tsx', 'ts-node', 'ts-node-dev', 'tsnd', 'node-dev', 'nodemon'],
  ...['babel-node', 'swc-node', 'pm2', 'pm2-runtime', 'fastify', 'nest'],
]);

/** The files a command line starts as programs, as written; a folder or a file without its ending is one, too. */
export const startedBy = (command: string): string[] => startedFiles(invocations(command));

/** The files that programs start. */
export function startedFiles(run: readonly Invocation[]): string[] {
  return run
    .filter(({ program }) => STARTERS.has(program))
    .flatMap((item) => startedFile(item) ?? [])
    .filter((file) => /\.[cm]?[jt]sx?$|^[\w./-]+$/.test(file));
}

/** A pm2 configuration that a command line starts: `pm2 start ecosystem.config.js`. */
export function processFilesOf(command: string): string[] {
  return invocations(command)
    .filter(({ program }) => program === 'pm2' || program === 'pm2-runtime')
    .flatMap(({ args }) => args.find((arg) => /\.config\.[cm]?js(?:on)?$|\.json$|\.ya?ml$/.test(arg)) ?? []);
}

function startedFile(item: Invocation): string | null {
  const { program } = item;
  const args = item.args[0] === 'watch' ? item.args.slice(1) : item.args;
  if (program === 'nest') return args[0] === 'start' ? 'dist/main' : null;
  if (program === 'fastify') return args[0] === 'start' ? lastFile(args.slice(1)) : null;
  // What nodemon executes is an invocation of its own.
  if (program === 'nodemon' && args.some((arg) => /^(-x|--exec)$/.test(arg))) return null;
  if (!program.startsWith('pm2')) return runtimeCall({ program, args }).file;
  const { file } = runtimeCall({ program, args: args[0] === 'start' ? args.slice(1) : args });
  return file && /\.[cm]?[jt]sx?$/.test(file) && !/\.config\./.test(file) ? file : null;
}

const lastFile = (args: readonly string[]): string | null =>
  args.findLast((arg) => /\.[cm]?[jt]s$/.test(arg)) ?? null;
