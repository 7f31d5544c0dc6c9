import semver from 'semver';
import type { NotChecked } from '../model/inventory.ts';
import type { Incompatibility, PlanTarget, Reason } from '../model/plan.ts';
import type { Try, TryFigures, TryWay } from '../model/try.ts';
import type { TryNow } from '../workspace/evidence/tries.ts';

type Target = Pick<PlanTarget, 'name' | 'spec'>;

/** A row of a try that is about a target. */
interface Tried {
  found: Try;
  way: TryWay;
  /** `bun 1.4.5`. */
  on: string;
}

/** What was probed here of a target: nothing, where the try is of other files or of another version. */
export interface TriedTarget {
  asIs: Tried | null;
  converted: Tried | null;
}

/** The rows of a try that say something of a target, if the try is of the files as they are. */
export function triedOn(now: TryNow | null, target: Target): TriedTarget {
  const none = { asIs: null, converted: null };
  if (now === null || now.stale !== null || target.name === 'not-sure') return none;
  const { found } = now;
  const of = (code: TryWay['code']): Tried | null => {
    const way = found.ways.find((one) => one.code === code && !one.baseline && isAbout(one, target));
    return way?.runtime ? { found, way, on: `${way.runtime.name} ${versionOf(way)}` } : null;
  };
  return { asIs: of('as-is'), converted: of('converted') };
}

const versionOf = ({ runtime }: TryWay): string => runtime?.compatibilityDate ?? runtime?.version ?? '';

function isAbout({ runtime }: TryWay, { name, spec }: Target): boolean {
  if (runtime?.name !== name) return false;
  const [, range] = spec.split('@');
  return name === 'workers' || range === undefined || semver.satisfies(runtime.version, range);
}

/** It starts there, and everything that was asked is answered the same. */
export const answersSame = (tried: Tried | null): boolean =>
  tried?.way.answers !== null &&
  tried?.way.answers !== undefined &&
  tried.way.failed === null &&
  tried.way.answers.of > 0 &&
  tried.way.answers.same === tried.way.answers.of;

/** What the try found on a target, for the verdict: sentences that cite it. */
export function triedReasons({ asIs, converted }: TriedTarget): Reason[] {
  return [
    ...(asIs ? rowReasons(asIs, 'unmodified') : []),
    ...(converted ? rowReasons(converted, 'converted to Hono') : []),
    ...shareReason(asIs ?? converted),
  ];
}

function rowReasons(tried: Tried, how: string): Reason[] {
  const { way, on, found } = tried;
  if (way.failed !== null)
    return [probed(tried, `Tried on ${on}, ${how}, it does not start: ${way.failed}.`)];
  const { answers } = way;
  if (!answers) return [];
  const differ = answers.of - answers.same;
  const rest = differ > 0 ? `; ${differ} differ: ${answers.causes[0]?.title ?? 'see the table'}` : '';
  const limits = answers.limits.reduce((sum, { requests }) => sum + requests, 0);
  const beside = limits > 0 ? `, ${limits} more need what it does not have` : '';
  const speed = speedOf(found.ways.find(({ baseline }) => baseline)?.figures ?? null, way.figures);
  return [
    probed(
      tried,
      `Tried on ${on}, ${how}: ${answers.same} of ${answers.of} requests are answered the same${beside}${rest}${speed}.`,
    ),
  ];
}

/** What was measured, where the intervals of both rows lie apart. */
function speedOf(old: TryFigures | null, next: TryFigures | null): string {
  if (!old || !next) return '';
  const pair = (name: 'firstAnswer' | 'p50' | 'perSecond' | 'memory') => {
    const [a, b] = [old[name], next[name]];
    if (!('measured' in a) || !('measured' in b)) return null;
    const apart = a.measured.high < b.measured.low || b.measured.high < a.measured.low;
    return apart ? ([a.measured.at, b.measured.at] as const) : null;
  };
  const say = (name: Parameters<typeof pair>[0], how: (value: number) => string, what: string) => {
    const both = pair(name);
    return both ? [`${how(both[1])} ${what} instead of ${how(both[0])}`] : [];
  };
  const parts = [
    ...say('p50', (ms) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`, 'at the median'),
    ...say('perSecond', (value) => Math.round(value).toLocaleString('en-US'), 'requests a second'),
    ...say('memory', (bytes) => `${Math.round(bytes / 1e6)} MB`, 'of memory'),
  ];
  return parts.length > 0 ? `; ${parts.join(', ')}` : '';
}

function shareReason(tried: Tried | null): Reason[] {
  const share = tried?.found.ways.find(({ baseline }) => baseline)?.figures?.share;
  if (!tried || !share || !('measured' in share)) return [];
  const percent = Math.round(100 * Math.min(1, share.measured.share.high));
  const sentence = `At most ${percent}% of a request here is spent in the process at all: no runtime can win more.`;
  return [probed(tried, sentence)];
}

/** What the try found that stops the move, and what will be different after it. */
export function triedIncompatibilities(
  { asIs, converted }: TriedTarget,
  { name }: Target,
): { blocks: Incompatibility[]; differs: Incompatibility[] } {
  // On Workers it is the converted application that moves, where there is one.
  const decides = name === 'workers' ? (converted ?? asIs) : asIs;
  if (!decides) return { blocks: [], differs: [] };
  const { way, on } = decides;
  const common = {
    ...{ stages: ['full-switch'], places: [], command: null },
    ...probed(decides, ''),
  };
  if (way.failed !== null)
    return {
      blocks: [
        {
          ...{ ...common, id: 'tried/does-not-start', severity: 'blocks' },
          sentence: `tried on ${on}, it does not start: ${way.failed}`,
          remedy: 'Make it start there, and try again.',
          command: `migrate try --on ${way.spec}`,
        },
      ],
      differs: [],
    };
  const differs = (way.answers?.causes ?? []).map(
    ({ title, requests, routes }, index): Incompatibility => ({
      ...{ ...common, id: `tried/differs-${index + 1}`, severity: 'differs' },
      sentence: `tried on ${on}: ${title}, in ${requests} of ${way.answers?.of} requests (${routes[0]}${routes.length > 1 ? ' and others' : ''})`,
      remedy: null,
    }),
  );
  return { blocks: [], differs };
}

/** A try that cannot be used is said, not passed over. */
export const staleTry = (now: TryNow | null): NotChecked[] =>
  now?.stale
    ? [
        {
          what: 'how this application does on other runtimes',
          reason: `${now.stale}; \`migrate try\` makes it anew`,
          location: null,
        },
      ]
    : [];

const probed = ({ found }: Tried, sentence: string): Reason => ({
  ...{ sentence, location: null, known: 'probed' },
  source: `migrate try ${found.id}`,
  asOf: found.madeAt.slice(0, 10),
});
