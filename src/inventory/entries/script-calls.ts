import { type Invocation, invocations } from '../../workspace/command-line.ts';

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const MULTI = new Set(['run-s', 'run-p', 'npm-run-all', 'npm-run-all2', 'concurrently']);

/** A script of the same manifest that a program runs, and what it is given beside what it says. */
interface ScriptCall {
  name: string;
  args: readonly string[];
}

/** The scripts of the same manifest that a program runs: `npm test`, `yarn build --watch`, `run-s lint test:*`. */
export function scriptCalls({ program, args }: Invocation, names: ReadonlySet<string>): ScriptCall[] {
  if (MULTI.has(program)) {
    return args
      .flatMap((arg) => arg.split(/\s+/))
      .map((arg) => arg.replace(/^(?:npm|pnpm|yarn):/, ''))
      .flatMap((arg) =>
        arg.endsWith('*') ? [...names].filter((name) => name.startsWith(arg.slice(0, -1))) : [arg],
      )
      .flatMap((name) => (names.has(name) ? [{ name, args: [] }] : []));
  }
  if (!MANAGERS.has(program)) return [];
  const at = args.findIndex((arg) => !arg.startsWith('-') && !/^run(?:-script)?$/.test(arg));
  const name = args[at];
  if (name === undefined || !names.has(name)) return [];
  return [{ name, args: args.slice(at + 1).filter((arg) => arg !== '--') }];
}

/**
 * The programs of a script, with those of the scripts that it calls after it, however deep.
 *
 * @param scripts of the same manifest, command by name
 * @param isFollowed whether a called script is looked into
 */
export function invocationsThrough(
  command: string,
  scripts: ReadonlyMap<string, string>,
  isFollowed: (name: string) => boolean,
  from: readonly string[] = [],
): Invocation[] {
  const names = new Set(scripts.keys());
  return invocations(command).flatMap((item) => [
    item,
    ...scriptCalls(item, names)
      .filter(({ name }) => isFollowed(name) && !from.includes(name))
      .flatMap(({ name, args }) => {
        const called = invocationsThrough(scripts.get(name) ?? '', scripts, isFollowed, [...from, name]);
        const last = called.pop();
        return last ? [...called, { ...last, args: [...last.args, ...args] }] : [];
      }),
  ]);
}
