import { execa } from 'execa';
import type { ChangeSet } from '../../src/model/changeset.ts';

/** A reason for which handlers stay, and every place it holds for, as `file:line:column`. */
export interface Stay {
  outcome: 'bridged' | 'kept' | 'refused' | 'blocks';
  reason: string;
  places: string[];
}

/** What one run of the codemod comes to. */
export interface Conversion {
  handlers: Record<'converted' | 'bridged' | 'kept' | 'refused', number>;
  /** Routes by the world they are in after it; null where the codemod does not tell. */
  routes: Record<'hono' | 'express' | 'package', number> | null;
  /** Routes that cannot work on the target, with what they lack. */
  limits: { route: string; reason: string }[];
  /** Lines of files the conversion wrote. */
  generated: number;
  /** CPU time of the codemod in seconds, which a busy machine does not change much. */
  seconds: number;
  stays: Stay[];
}

/** The codemod that is tried, and the options it is tried with. */
export interface Trial {
  codemod: string;
  options: readonly string[];
  /** Places with this rule say why the framework stays beside Hono, where nothing else says it. */
  stays?: string;
}

export const EXPRESS: Trial = { codemod: 'express-to-hono', options: ['--parity', 'idiomatic'] };

/** Says on stderr, last of all, what CPU time a Node process used, in µs. */
const CPU_AT_EXIT =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>{const{user,system}=process.cpuUsage();writeSync(2,"\\ncpu "+(user+system)+"\\n")})';

/** Runs the codemod on a folder; nothing is written unless `more` asks for it. */
export async function convert(
  folder: string,
  target: 'node' | 'workers',
  {
    cli,
    trial = EXPRESS,
    more = ['--no-typecheck'],
  }: { cli: string; trial?: Trial; more?: readonly string[] },
): Promise<Conversion> {
  const { stdout, stderr } = await execa(
    process.execPath,
    [
      ...['--import', CPU_AT_EXIT, cli, 'codemod', 'run', trial.codemod, '--json'],
      ...[...trial.options, '--target', target, '--dir', folder, ...more],
    ],
    { reject: false, maxBuffer: 1e9 },
  );
  const changes = stdout === '' ? null : (JSON.parse(stdout) as ChangeSet);
  if (changes?.outcomes === undefined)
    throw new Error(`migrate codemod run: ${(stdout || stderr).replaceAll(folder, '…').slice(0, 2_000)}`);
  return {
    ...conversionOf(changes, trial),
    seconds: Number(/^cpu (\d+)$/m.exec(stderr)?.[1] ?? 0) / 1e6,
  };
}

function conversionOf(
  { outcomes, routes, limits, files, leftForYou }: ChangeSet,
  { stays: beside }: Trial,
): Omit<Conversion, 'seconds'> {
  const count = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length;
  const within = (world: string) => routes?.filter((one) => one.world === world).length ?? 0;
  const stays = new Map<string, Stay>();
  const stay = (outcome: Stay['outcome'], reason: string, { file, line, column }: Place) => {
    const key = `${outcome}: ${reason}`;
    const group = stays.get(key) ?? { outcome, reason, places: [] };
    stays.set(key, group);
    group.places.push(`${file}:${line}:${column}`);
  };
  for (const { outcome, reason, ...place } of outcomes)
    if (outcome !== 'converted' && reason !== undefined) stay(outcome, reason, place);
  for (const { blocks, rule, reason, ...place } of leftForYou)
    if (blocks || rule === beside) stay('blocks', reason, place);
  return {
    handlers: {
      ...{ converted: count('converted'), bridged: count('bridged') },
      ...{ kept: count('kept'), refused: count('refused') },
    },
    routes: routes ? { hono: within('hono'), express: within('express'), package: within('package') } : null,
    limits: limits.map(({ route, reason }) => ({ route, reason })),
    generated: files.reduce(
      (sum, { status, newText }) => sum + (status === 'created' ? linesOf(newText ?? '') : 0),
      0,
    ),
    stays: [...stays.values()].sort((a, b) => b.places.length - a.places.length),
  };
}

interface Place {
  file: string;
  line: number;
  column: number;
}

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Converted handlers of all; null where there is none. */
export function shareOf({ handlers }: Conversion): number | null {
  const of = Object.values(handlers).reduce((sum, one) => sum + one, 0);
  return of === 0 ? null : handlers.converted / of;
}

/** Nothing was changed, though there was something to change. */
export const isRefused = ({ handlers }: Conversion): boolean =>
  handlers.refused > 0 && handlers.converted + handlers.bridged + handlers.kept === 0;

export const NOTHING_CONVERTED = 'nothing of it is converted';
