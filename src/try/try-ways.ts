import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import type { ProvisionedRuntime } from '../model/runtime.ts';
import type { Try, TryPermissions, TryWay } from '../model/try.ts';
import { launchAlone } from '../shadow/index.ts';
import { BaselineGone, type Compared, compareRow } from './compare.ts';
import { type Context, launchOptions, type Row, titleOf } from './context.ts';
import { loadOf, requestsOf, rowOf } from './document.ts';
import { measureRows } from './measure.ts';
import { type ComparedRow, giveOwners } from './owners.ts';
import { permissionsOf } from './permissions.ts';
import { profileRow } from './profile/index.ts';
import { type Reason, reasonOf } from './reason.ts';
import { type Making, makeRow } from './rows.ts';
import { serviceHint } from './starting/hint.ts';
import { survey } from './survey.ts';
import type { Way } from './ways.ts';

/** A row that starts needs at least this long before it is given up, ms; slow applications get ten times their own time. */
const LEAST_READY_MS = 15_000;
/** Of the time waiting for a core: with more of it, figures are those of a busy machine. */
const BUSY = 0.1;

/** What came of the ways that an application was tried in. */
export type Found = Pick<Try, 'requests' | 'load' | 'ways' | 'profile' | 'warnings'>;

/**
 * Tries an application in several ways, the first of which is what the others are held against.
 *
 * @param isFirst it is tried once more where its baseline does not start: the other rows wait for that
 */
export async function tryWays(ways: readonly Way[], making: Making, isFirst: boolean): Promise<Found> {
  const { options, scratch } = making;
  const [first, ...others] = ways;
  if (!first) throw new Error('no way to try');
  const failures = new Map<Way, Reason>();
  const runtimes = new Map<Way, ProvisionedRuntime>();
  const failed = (way: Way, error: unknown): Reason => {
    options.signal.throwIfAborted();
    const reason = reasonOf(error, foldersOf(making), new Set(options.inventory.env.map(({ name }) => name)));
    failures.set(way, reason);
    return reason;
  };
  const made = async (way: Way): Promise<Row | null> => {
    try {
      const row = await makeRow(way, making);
      runtimes.set(way, row.runtime);
      return row;
    } catch (error) {
      failed(way, error);
      return null;
    }
  };
  const before = { options, scratch, folders: foldersOf(making), readyTimeoutMs: options.startTimeoutMs };
  const baseline = await made(first);
  const found = baseline && (await survey(baseline, before).catch((error) => void failed(first, error)));
  if (!baseline || !found) {
    const { needs = false, service } = failures.get(first) ?? {};
    const hint = isFirst || !service ? null : await serviceHint(service, options.inventory);
    const isAlone = needs || isFirst;
    for (const way of others) {
      const row = isAlone ? null : await made(way);
      if (row) await startOnly(row, before).catch((error) => failed(way, error));
    }
    const rows = ways.map((way) => ({
      ...rowOf(way, runtimes.get(way), failures.get(way), null),
      baseline: way === first,
    }));
    const requests = requestsOf(options, null, 0);
    const warnings = hint === null ? [] : [hint];
    return { requests, load: loadOf(0), ways: isAlone ? rows.slice(0, 1) : rows, warnings };
  }

  const context: Context = {
    ...{ options, scratch, folders: before.folders, exchanges: found.exchanges },
    readyTimeoutMs: Math.min(options.startTimeoutMs, Math.max(LEAST_READY_MS, 10 * found.bootMs)),
  };
  const compared: ComparedRow[] = [];
  // The original in the place of a row: what differs then, as a countdown from its start, is no difference of a row.
  const control = found.exchanges.length > 0 ? await controlOf(baseline, context) : null;
  let answers = control?.answersOfOthers;
  const permissions = new Map<Way, TryPermissions>();
  for (const way of found.exchanges.length > 0 ? others : []) {
    const row = await made(way);
    if (!row) continue;
    try {
      const one = await comparedTwice(row, () => compareRow(row, baseline, context, answers, control?.keys));
      answers = one.answersOfOthers;
      compared.push({ row, compared: one });
      if (options.permissions && way.name === 'deno' && way.code === 'as-is')
        permissions.set(way, await permissionsOf(row, context));
    } catch (error) {
      failed(way, error instanceof BaselineGone ? error.cause : error);
    }
  }
  giveOwners(compared, first.spec);
  // Cloudflare's machines are other ones: nothing that is measured of workerd here says anything of them.
  const toMeasure = [baseline, ...compared.map(({ row }) => row)].filter(({ way }) => way.name !== 'workers');
  const isMeasured = options.seconds > 0 && found.load.size > 0;
  const measured = isMeasured ? await measureRows(toMeasure, found.load, context) : null;
  const profile = options.profile ? await profileRow(baseline, found.load, context) : undefined;
  return {
    requests: requestsOf(options, found, measured?.requests ?? 0),
    load: loadOf(measured ? options.seconds : 0),
    ...(profile !== undefined && {
      profile: typeof profile === 'string' ? { notMeasured: profile } : { measured: profile },
    }),
    ways: ways.map((way): TryWay => {
      const one = compared.find(({ row }) => row.way === way);
      const at = toMeasure.findIndex((row) => row.way === way);
      const row = rowOf(way, runtimes.get(way), failures.get(way), one?.compared.answers ?? null);
      const { compatibilityDate, compatibilityFlags } = one?.compared.ran ?? {};
      return {
        ...row,
        runtime: row.runtime && one ? { ...row.runtime, compatibilityDate, compatibilityFlags } : row.runtime,
        figures: (at >= 0 && measured?.figures[at]) || null,
        ...(permissions.has(way) && { permissions: permissions.get(way) }),
        baseline: way === first,
        notes:
          way === first
            ? [...found.notes, ...unsteady(control)]
            : [...(one?.row.notes ?? []), ...(one?.compared.notes ?? []), ...asksFor(permissions.get(way))],
      };
    }),
    warnings:
      measured && measured.queued > BUSY
        ? [`The machine was busy: ${Math.round(100 * measured.queued)}% of the time was waiting for a core.`]
        : [],
  };
}

/** Ends that may be the moment's, as a time limit of the application's own on a busy machine. */
const MAY_PASS = new Set(['APP_CRASHED', 'APP_NOT_READY']);

/** A row that does not start is started once more before that is said of it; that it took two is a note. */
async function comparedTwice(row: Row, compare: () => Promise<Compared>): Promise<Compared> {
  try {
    return await compare();
  } catch (error) {
    const cause = error instanceof BaselineGone ? error.cause : error;
    if (!(cause instanceof MigrateError) || !MAY_PASS.has(cause.code)) throw error;
    const again = await compare();
    row.notes.push(`it started at the second try only; the first: ${cause.message}`);
    return again;
  }
}

/** The baseline compared with itself; null where it does not start three times at once. */
async function controlOf(baseline: Row, context: Context): Promise<Compared | null> {
  try {
    return await compareRow(baseline, baseline, context, undefined);
  } catch (error) {
    context.options.signal.throwIfAborted();
    if (error instanceof BaselineGone || error instanceof MigrateError) return null;
    throw error;
  }
}

/** Where the original differs from itself. */
const unsteady = (control: Compared | null): string[] =>
  control === null || control.keys.size === 0
    ? []
    : [
        `started twice it differs from itself, which is not counted: ${control.answers.causes.map(({ title }) => title).join('; ')}`,
      ];

const asksFor = (found: TryPermissions | undefined): string[] =>
  found
    ? [`it asks for ${found.flags.join(' ')}: ${found.same} of ${found.of} answered with that alone`]
    : [];

/** Only whether a row starts: there is nothing to hold its answers against. */
async function startOnly(row: Row, context: Omit<Context, 'exchanges'>): Promise<void> {
  context.options.progress(`${titleOf(row.way)}: starting`);
  const { close } = await launchAlone(row.given, launchOptions(context, `start-${row.way.spec}`, row.env));
  await close();
}

/** Folders in scratch that stand for the user's own. */
const foldersOf = ({ scratch, base, options }: Making): string[] => [
  ...[base.dir, options.repository.root],
  ...['bridged', ...['node', 'bun', 'deno', 'workers'].map((name) => `converted-${name}`)].map((name) =>
    join(scratch, name, 'app'),
  ),
];
