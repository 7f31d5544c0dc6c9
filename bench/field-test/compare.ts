import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { RunReport } from '../../src/model/verdict.ts';
import type { Application } from './list.ts';
import type { Prepared } from './prepare.ts';
import { startFile, stateFlags } from './start.ts';

export const RUNTIMES = ['node@22', 'bun', 'deno'] as const;
export type RuntimeName = (typeof RUNTIMES)[number];

/** What one traffic on one runtime came to. */
export interface Compared {
  traffic: 'routes' | 'script';
  verdict: string;
  compared: number;
  differing: number;
  routes: number;
  uncovered: number;
  /** Unexplained differences, in words. */
  differences: string[];
  /** Explained ones: the rule, and how many exchanges. */
  explained: Record<string, number>;
  /** Those the codemod announced: the rule of the edit that owns them, and how many exchanges. */
  owned: Record<string, number>;
  /** Those that the list of applications accepts, by the reason. */
  accepted: Record<string, number>;
  /** The median of what answers took, in ms; null where nothing was timed. */
  p50?: { old: number | null; new: number | null };
  /** Paths of GET routes that were answered with success, and without a parameter in them. */
  plain: string[];
}

/** How the converted application did on one runtime: it booted, or what it said instead. */
export interface OnRuntime {
  runtime: RuntimeName;
  version: string | null;
  failed: string | null;
  /** Where it did not boot: whether the original boots on that runtime. */
  originalBoots?: boolean;
  runs: Compared[];
}

/** Compares the converted application on one runtime with the original on Node, over both kinds of traffic. */
export async function compareOn(
  runtime: RuntimeName,
  app: Application,
  trees: Prepared,
  { har, scratch, cli }: { har: string | null; scratch: string; cli: string },
): Promise<OnRuntime> {
  const cwd = join(scratch, `compare-${runtime.replace('@', '')}`);
  mkdirSync(join(cwd, '.migrate'), { recursive: true });
  if (app.requests) writeFileSync(join(cwd, '.migrate', 'requests.yaml'), stringify(app.requests));
  if (app.waivers.length > 0)
    writeFileSync(join(cwd, '.migrate', 'waivers.yaml'), stringify({ waivers: app.waivers }));
  const result: OnRuntime = { runtime, version: null, failed: null, runs: [] };
  for (const traffic of ['routes', 'script'] as const) {
    if (traffic === 'script' ? har === null : !trees.hasRoutes || app.scriptOnly) continue;
    const out = join(cwd, traffic);
    rmSync(out, { recursive: true, force: true });
    const { stdout, stderr } = await execa(
      process.execPath,
      [
        ...[
          cli,
          'shadow',
          'run',
          '--old',
          `node@22:${trees.original}`,
          '--new',
          `${runtime}:${trees.converted}`,
        ],
        ...[
          '--traffic',
          traffic === 'routes' ? 'routes' : (har ?? ''),
          '--writes',
          'isolated',
          '--min-coverage',
          '0',
        ],
        ...['--old-entry', startFile(app), '--new-entry', startFile(app), '--start-timeout', '120000'],
        ...['--timeout', '30000', '--no-attribute', '--out', out, ...stateFlags(app)],
      ],
      // As in production: error pages in development hold stack traces, which name the code. What the loader of
      // TypeScript keeps in its cache is nothing the application does.
      {
        cwd,
        env: { NODE_ENV: 'production', TSX_DISABLE_CACHE: '1', DISABLE_V8_COMPILE_CACHE: '1', ...app.env },
        reject: false,
      },
    );
    if (!existsSync(join(out, 'report.json'))) {
      const text = `${stdout}\n${stderr}`.trim();
      result.failed ??= `${sideIn(text)}${withoutPlaces(text.replaceAll(scratch, '…'))}`;
      continue;
    }
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as RunReport;
    result.version = report.sides.new.version;
    result.runs.push(comparedOf(traffic, report, scratch));
  }
  return result;
}

/** Which side the last lines of an application name: a comparison starts `c` from what is new. */
function sideIn(text: string): string {
  const letter = /migrate-shadow-[^/\s]+\/([abc])\/app/.exec(text)?.[1];
  if (letter === 'c' || text.includes('/converted/')) return 'The converted application: ';
  return letter !== undefined || text.includes('/original/') ? 'The original: ' : '';
}

/** Where a run keeps its copies is nobody's business. */
const withoutPlaces = (text: string): string => text.replace(/\/\S*migrate-shadow-[^/\s]+\/[abc]\/app/g, '…');

function comparedOf(traffic: 'routes' | 'script', report: RunReport, scratch: string): Compared {
  const { counts, verdict, cells, rules, waivers, routes } = report;
  const differences = cells
    .filter(({ explained }) => explained === undefined)
    .map(({ route, kind, location, exchanges }) => `${route}: ${kind} at ${location} ×${exchanges}`);
  const ended = (['old', 'new'] as const).flatMap((side) => {
    const { crash } = report.sides[side];
    return crash === null
      ? []
      : [
          `the ${side === 'old' ? 'original' : 'converted application'} ended: ${withoutPlaces(crash.replaceAll(scratch, '…'))}`,
        ];
  });
  return {
    ...{ traffic, verdict, compared: counts.compared, differing: counts.differing },
    ...{ routes: counts.routes, uncovered: counts.uncovered },
    differences: [...ended, ...differences],
    explained: Object.fromEntries(
      rules.filter(({ exchanges }) => exchanges > 0).map(({ id, exchanges }) => [id, exchanges]),
    ),
    owned: sums(waivers.flatMap(({ owner, exchanges }) => (owner ? [[owner.rule, exchanges]] : []))),
    accepted: sums(waivers.flatMap(({ owner, reason, exchanges }) => (owner ? [] : [[reason, exchanges]]))),
    p50: {
      old: report.sides.old.latency?.p50 ?? null,
      new: report.sides.new.latency?.p50 ?? null,
    },
    plain: routes.flatMap(({ route, status, statuses }) =>
      status === 'same' && statuses['200'] !== undefined && /^GET \/[^:*({\s]*$/.test(route)
        ? [route.slice('GET '.length)]
        : [],
    ),
  };
}

function sums(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const [name, exchanges] of pairs) if (exchanges > 0) out[name] = (out[name] ?? 0) + exchanges;
  return out;
}
