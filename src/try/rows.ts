import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { parseSpec, provisionRuntime } from '../runtimes/index.ts';
import { bridged } from './bridge.ts';
import type { Row, TryOptions } from './context.ts';
import { type Converted, convertedFor, isConvertible } from './convert.ts';
import type { Given } from './starting/given.ts';
import { type Base, dotEnv } from './starting/prepare.ts';
import type { Way } from './ways.ts';

/** What rows are made from. */
export interface Making {
  options: TryOptions;
  given: Given;
  base: Base;
  scratch: string;
  /** Conversions by runtime, each made once. */
  converted: Map<string, Promise<Converted>>;
}

/**
 * Gets a row ready: its runtime, and the code that is started on it.
 *
 * @throws MigrateError of the runtimes, or NOT_CONVERTED
 */
export async function makeRow(way: Way, making: Making): Promise<Row> {
  const { options, given, base } = making;
  const { signal, progress, notice } = options;
  const runtime = await provisionRuntime(await parseSpec(way.spec), { signal, progress, notice });
  const none = { way, runtime, env: options.env, limits: [], leftOut: [], notes: [] };
  const side = (dir: string, entry: string | undefined) => ({ spec: `${way.spec}:${dir}`, entry });
  const isWorker = way.name === 'workers';
  const env = isWorker ? { ...dotEnv(base.dir), ...options.env } : options.env;
  if (way.code === 'as-is') {
    if (!isWorker) return { ...none, given: side(base.dir, base.entry) };
    const into = join(making.scratch, 'bridged');
    const { dir, entry } = await bridged(base.dir, base.entry, into, signal);
    const notes = entry === undefined ? [] : ['behind the platform’s Node server bridge'];
    return { ...none, env, notes, given: side(dir, entry) };
  }
  if (!isConvertible(given))
    throw new MigrateError('NOT_CONVERTED', 'no codemod applies: there is no route of Express');
  const { dir, entry, changes, notes } = await conversion(way, making);
  const { limits, leftOut = [] } = changes;
  return { ...none, env, limits, leftOut, notes, given: side(dir, entry) };
}

function conversion({ name }: Way, { options, given, base, scratch, converted }: Making): Promise<Converted> {
  const known = converted.get(name);
  if (known) return known;
  const { repository, signal, progress } = options;
  const into = join(scratch, `converted-${name}`);
  const made = convertedFor(name, { given, base, repository, into, signal, progress });
  converted.set(name, made);
  return made;
}
