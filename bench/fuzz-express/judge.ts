import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInFolder, type Tree } from '../../src/codemod/cases.ts';
import type { LeftOut } from '../../src/model/changeset.ts';
import { unannounced } from '../express-coverage/announced.ts';
import type { CaseRequest, CoverageCase } from '../express-coverage/cases.ts';
import { WIRE } from '../express-coverage/convert.ts';
import { difference, type WireAnswer } from '../express-coverage/exchange.ts';
import type { HostRuntime } from '../express-coverage/hosts.ts';
import { type Answered, answers, HERE, repositoryRoot, TOGETHER } from '../express-coverage/run.ts';
import { joinLines } from '../express-coverage/workers.ts';

/** `told`: it answers otherwise, and the codemod had left something for the user. `invalid`: the original does not start. */
export type Outcome = 'converted' | 'bridged' | 'kept' | 'refused' | 'told' | 'wrong' | 'invalid';

/** What became of one program. */
export interface Verdict {
  one: CoverageCase;
  outcome: Outcome;
  /** Reasons of a refusal or a bridge. */
  why: string[];
  /** What the codemod left for the user although it converted. */
  remarks: string[];
  /** What the codemod announced that clients will see, in `--parity idiomatic`. */
  leftOut: readonly LeftOut[];
  /** The converted program; the original where nothing was converted. */
  tree: Tree;
  /** The runtime on which it differs, the first difference, and the request with both answers where it is one of those. */
  found: Found | null;
  /** Runtimes the converted program ran on. */
  ran: string[];
  compared: number;
  /** Requests the original did not answer and the converted program did, see README "Limits". */
  hung: number;
}

export interface Found {
  on: string;
  message: string;
  request: CaseRequest | null;
  before: WireAnswer | null;
  after: WireAnswer | null;
}

/** A runtime for converted programs, and which programs go there. */
export interface Place {
  label: string;
  runtime: HostRuntime;
  takes(one: CoverageCase): boolean;
}

export const NODE: Place = { label: 'node', runtime: HERE, takes: () => true };

/**
 * Converts programs, each in a folder of its own, runs them before and after, and compares what they answer. A difference counts
 * when it is there again with the programs asked one at a time: a busy machine makes some too.
 */
export async function judge(
  programs: readonly CoverageCase[],
  places: readonly Place[],
  codemod = WIRE,
  twice = true,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const one of programs) verdicts.push(await convert(one, codemod));
  const scratch = await mkdtemp(join(tmpdir(), 'fuzz-express-'));
  try {
    const running = verdicts.filter(({ outcome }) => /^(converted|bridged|kept)$/.test(outcome));
    const before = await run(HERE, join(scratch, 'before'), running, true, TOGETHER);
    for (const verdict of running) {
      const crash = before.failed.get(verdict.one.id);
      if (crash !== undefined) Object.assign(verdict, { outcome: 'invalid', why: [crash] });
    }
    for (const place of places) {
      const here = running.filter(
        ({ one, found, outcome }) => outcome !== 'invalid' && found === null && place.takes(one),
      );
      if (here.length === 0) continue;
      const after = await run(place.runtime, join(scratch, place.label), here, false, TOGETHER);
      const first = new Map(here.map((verdict) => [verdict, compare(verdict, place.label, before, after)]));
      const maybe = here.filter((verdict) => first.get(verdict)?.found !== null);
      for (const [verdict, compared] of first) {
        if (compared.found === null || !twice) settle(verdict, place.label, compared);
      }
      if (maybe.length === 0 || !twice) continue;
      const again = join(scratch, `${place.label}-again`);
      const second = await run(HERE, `${again}-before`, maybe, true, 1);
      const third = await run(place.runtime, again, maybe, false, 1);
      for (const verdict of maybe) settle(verdict, place.label, compare(verdict, place.label, second, third));
    }
    return verdicts;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function convert(given: CoverageCase, codemod: typeof WIRE): Promise<Verdict> {
  const nothing = { one: given, remarks: [], leftOut: [], found: null, ran: [], compared: 0, hung: 0 };
  try {
    const { tree, changeSet } = await runInFolder(codemod, given.files, {});
    const { leftForYou, outcomes, files, leftOut = [] } = changeSet;
    // OPTIONS lists the methods of one world then, which is said.
    const isSplit = leftOut.some(({ rule }) => rule === 'worlds/options');
    const one = isSplit
      ? { ...given, requests: given.requests.filter(({ method }) => method !== 'OPTIONS') }
      : given;
    const none = { ...nothing, one };
    const reasons = [...new Set(leftForYou.map(({ reason }) => reason))];
    if (!files.some(({ oldText, newText }) => oldText !== newText)) {
      const why = reasons.length > 0 ? reasons : ['nothing was found'];
      return { ...none, outcome: 'refused', why, tree };
    }
    const bridged = outcomes.filter(({ outcome }) => outcome === 'bridged');
    const kept = outcomes.filter(({ outcome }) => outcome === 'kept');
    const why = [...new Set([...kept, ...bridged].map(({ reason, outcome }) => reason ?? outcome))];
    const outcome = kept.length > 0 ? 'kept' : bridged.length > 0 ? 'bridged' : 'converted';
    // That a route stays as it was, or that types are old, is no word of warning about an answer.
    const told = leftForYou
      .filter(({ rule }) => rule !== 'worlds/stays' && rule !== 'types/old')
      .map(({ reason }) => reason);
    return { ...none, outcome, why, remarks: [...new Set(told)], leftOut, tree };
  } catch (error) {
    const message = `the codemod failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`;
    const found = { on: 'codemod', message, request: null, before: null, after: null };
    return { ...nothing, outcome: 'wrong', why: [], tree: given.files, found };
  }
}

const run = (
  runtime: HostRuntime,
  folder: string,
  verdicts: readonly Verdict[],
  isBefore: boolean,
  together: number,
): Promise<Answered> =>
  answers(
    repositoryRoot(),
    runtime,
    folder,
    verdicts.map(({ one, tree }) => ({ one, tree: isBefore ? one.files : tree })),
    together,
  );

interface Compared {
  found: Found | null;
  compared: number;
  hung: number;
}

/** The first difference of a program on one runtime. */
function compare(
  { one, outcome, leftOut }: Verdict,
  on: string,
  before: Answered,
  after: Answered,
): Compared {
  const crash = after.failed.get(one.id);
  if (crash !== undefined) {
    const message = `it does not start: ${crash.split('\n').slice(0, 2).join(' ')}`;
    return { found: { on, message, request: null, before: null, after: null }, compared: 0, hung: 0 };
  }
  let [compared, hung] = [0, 0];
  for (const [index, request] of one.requests.entries()) {
    const [old, now] = [before.answers.get(one.id)?.[index], after.answers.get(one.id)?.[index]];
    if (old === undefined || now === undefined) continue;
    if (one.express === 4 && old.status === 'silence') {
      if (now.status !== 'silence') hung += 1;
      continue;
    }
    if (outcome === 'kept' && [old, now].every(({ status }) => CUT.test(status))) continue;
    compared += 1;
    const see = /^(bridged|kept)$/.test(outcome) ? asList : (answer: WireAnswer) => answer;
    const pair: [WireAnswer, WireAnswer] = [see(old), see(now)];
    const [want, got] =
      on === 'node' ? without(FOLDER, ...pair) : withoutWording(...without(FOLDER, ...pair));
    const message =
      leftOut.length === 0
        ? difference({ ...one, requests: [request] }, [want], [got])
        : unannounced(request, want, got, leftOut);
    if (message !== null) return { found: { on, message, request, before: old, after: now }, compared, hung };
  }
  return { found: null, compared, hung };
}

/**
 * A connection that was closed before the end. Express closes one that fails after its first bytes at once, or a turn later where
 * no layer is registered after the one that fails: then these still go out. Beside Hono there are fewer layers.
 */
const CUT = /^broken: |, aborted$/;

/** How V8 and JavaScriptCore say that a text is no JSON: as it is, in a page, and in JSON, where its quotes are escaped. */
const WORDING =
  /(?:Unexpected|Expected|Unterminated|Bad (?:control|escaped|Unicode)) [^\n]*?(?:is not valid JSON|JSON input|JSON at position \d+(?: \(line \d+ column \d+\))?)|JSON Parse error: (?:Unexpected identifier "[^"\n]*"|Unrecognized token '["<]'|(?:\\.|[^\n<"\\])*)/g;

/** Where a program stands, which messages of the file system name. */
const FOLDER = /fuzz-express-\w+[\\/][\w-]+/g;

/** Both answers without an engine's words for text that is no JSON, and what goes by their length; as they are where one has none. */
export const withoutWording = (before: WireAnswer, after: WireAnswer): [WireAnswer, WireAnswer] =>
  without(WORDING, before, after);

function without(pattern: RegExp, before: WireAnswer, after: WireAnswer): [WireAnswer, WireAnswer] {
  if ([before, after].some(({ body }) => body.search(pattern) < 0)) return [before, after];
  const plain = (answer: WireAnswer): WireAnswer => ({
    ...answer,
    headers: answer.headers.filter((line) => !/^(content-length|etag):/.test(line)),
    body: answer.body.replace(pattern, '<left out>'),
  });
  return [plain(before), plain(after)];
}

/** Behind a bridge several lines of one field arrive as one list, cookies apart: see the limits of the codemod. */
const asList = (answer: WireAnswer): WireAnswer => ({ ...answer, headers: joinLines(answer.headers) });

function settle(verdict: Verdict, on: string, { found, compared, hung }: Compared): void {
  verdict.ran.push(on);
  verdict.compared += compared;
  verdict.hung += hung;
  if (found === null) return;
  const isTold = verdict.remarks.length > 0 && found.request !== null;
  verdict.found = found;
  verdict.outcome = isTold ? 'told' : 'wrong';
}
