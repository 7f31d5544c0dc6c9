import { Command, CommanderError, Option } from 'commander';
import type { Codemod, CodemodOption, OptionValue } from '../codemod/contract.ts';
import { usage } from './usage.ts';

export interface CodemodArguments {
  paths: string[];
  /** Options the user gave; defaults are not filled in. */
  given: Record<string, OptionValue>;
}

/**
 * Reads the paths and a codemod's own options from what is left of the command line.
 *
 * @throws MigrateError `USAGE` (exit 2)
 */
export function parseOwn(codemod: Codemod, rest: readonly string[]): CodemodArguments {
  const own = new Command().exitOverride().configureOutput({ writeErr() {}, writeOut() {} });
  own.argument('[paths...]').action(() => {});
  for (const option of codemod.options) {
    if (typeof option.default === 'boolean') {
      own.option(`--${option.default ? 'no-' : ''}${option.name}`, option.description);
    } else {
      const flag = new Option(`--${option.name} <value>`, option.description);
      if (option.repeat) flag.argParser((value: string, before?: string[]) => [...(before ?? []), value]);
      own.addOption(option.values && !option.list ? flag.choices([...option.values]) : flag);
    }
  }
  try {
    own.parse([...rest], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw usage(
      `${error.message.replace(/^error: /, '')}.`,
      `migrate codemod show ${codemod.id} lists its options.`,
    );
  }
  const values = own.opts();
  const given: Record<string, OptionValue> = {};
  for (const option of codemod.options) {
    const { name } = option;
    const value = values[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    if (value !== undefined) given[name] = value;
    checkValue(codemod, option, given[name]);
  }
  return { paths: own.args, given };
}

/** A value that is needed is there, and every item of a list is one there is. */
function checkValue(
  { id }: Codemod,
  { name, list, required, values = [] }: CodemodOption,
  value: OptionValue | undefined,
): void {
  const known = `There are: ${values.join(', ')}.`;
  if (required && (value === undefined || value === '')) throw usage(`${id} needs --${name}.`, known);
  if (!list || value === undefined) return;
  const wrong = String(value)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => !values.includes(each));
  if (wrong.length > 0)
    throw usage(`--${name} does not know ${wrong.map((each) => `"${each}"`).join(', ')}.`, known);
}

/** A transform's options are unknown to us: `--name=value`, or `--name` for true. */
export function parseUnknown(rest: readonly string[]): CodemodArguments {
  const given: Record<string, OptionValue> = {};
  for (const flag of rest.filter((one) => one.startsWith('--'))) {
    const [name = '', ...value] = flag.slice(2).split('=');
    given[name] = value.length > 0 ? value.join('=') : true;
  }
  return { paths: rest.filter((one) => !one.startsWith('--')), given };
}
