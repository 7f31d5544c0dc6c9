import type { Aggregate } from '../../model/aggregate.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { OwnStrings } from '../answer.ts';
import type { Judgements } from '../judging/pairs.ts';
import type { Judged, Place } from '../judging/tally.ts';
import type { Redactor } from '../redact.ts';
import type { Sides } from '../sides/side.ts';
import type { Waivers } from '../waivers/index.ts';
import { compareEffects, type EffectContext, type EffectFinding } from './compare.ts';
import { type Effect, exchangeOf, type SideEffects } from './effect.ts';
import { plantEffects } from './faults.ts';
import { ledger } from './ledger.ts';
import { type Matched, match, variesOf } from './match.ts';
import { unified } from './unify.ts';

interface Run {
  exchanges: readonly Exchange[];
  routeOf(method: string, target: string): string;
  judgements: Judgements;
  accepted: Waivers;
  redact: Redactor;
}

/** Routes of what no request caused, and of what cannot be told. */
const AT_START = '(start of the application)';
const SOME_TIME = '(some exchange)';

/** What the three sides did, compared; undefined where nobody watched. */
export async function gatherEffects(sides: Sides, run: Run): Promise<Aggregate['effects']> {
  const { old, again, new: next } = sides;
  if (!old.effects || !again.effects || !next.effects) return undefined;
  const seen = {
    old: await old.effects.collect(),
    again: await again.effects.collect(),
    new: await next.effects.collect(),
  };
  const { mapped, ...lists } = unified(seen);
  const { basis } = run.judgements;
  const varies = variesOf(lists.again);
  const repeats = new Map(
    match(lists.old, lists.again, varies).flatMap(({ old: a, new: b }): [Effect, Effect][] =>
      a && b ? [[a, b]] : [],
    ),
  );
  const context = (own: OwnStrings, ids: EffectContext['ids']): EffectContext => ({
    ...{
      rules: basis.rules,
      ids,
      clockBudgetMs: basis.clockBudgetMs,
      since: basis.since,
      runtimes: basis.runtimes,
      varies,
    },
    own: { old: old.own, new: own },
    repeat: (effect) => repeats.get(effect) ?? null,
  });
  const noise = new Set(
    compareEffects(lists.old, lists.again, context(again.own, basis.ids.again))
      .findings.filter(({ rule }) => rule === undefined)
      .map(({ found }) => found.location),
  );
  const compare = (theirs: readonly Effect[]) =>
    compareEffects(lists.old, theirs, context(next.own, basis.ids.new));
  const { matched, findings } = compare(lists.new);
  const placeOf = places(seen, run);
  const judge = (finding: EffectFinding): Judged => {
    const { found, matched: of, rule } = finding;
    const shown = { ...found, location: shownName(found.location, run.redact) };
    if (rule !== undefined) return { found: shown, explained: { by: 'rule', id: rule } };
    if (noise.has(found.location)) return { found: shown, explained: { by: 'noise', id: 'noise' } };
    const { route, exchange } = placeOf(of);
    const waiver = run.accepted.covers(route, shown)?.id ?? alone(of, exchange);
    return waiver ? { found: shown, explained: { by: 'waiver', id: waiver } } : { found: shown };
  };

  /** What only one side did, in an exchange that the other refused: that is accepted with the refusal. */
  const alone = ({ old: mine, new: theirs }: Matched, exchange: number | null): string | null =>
    exchange === null || (mine && theirs)
      ? null
      : run.judgements.refusals.coversAlone(exchange, mine ? 'old' : 'new');

  const rest = ledger(seen, run.redact);
  const start = ledger(seen, run.redact);
  const found = new Map<Matched, EffectFinding[]>();
  for (const finding of findings)
    found.set(finding.matched, [...(found.get(finding.matched) ?? []), finding]);
  for (const one of matched) {
    const place = placeOf(one);
    const isStart = place.route === AT_START;
    const judged = (found.get(one) ?? []).map(judge);
    const ids = new Set(judged.flatMap(({ explained }) => (explained ? [explained.id] : [])));
    (isStart ? start : rest).add(one, place, judged, ids);
    // What was done at the start is counted with it: once, however a run is split.
    if (!isStart) for (const id of ids) basis.used(id);
  }
  plantEffects(lists, varies, {
    compare: (theirs) =>
      compare(theirs)
        .findings.filter((finding) => !judge(finding).explained)
        .map(({ found }) => `${found.kind} ${found.location}`),
    add: (fault, effect, wasSeen) => {
      const { route, exchange } = placeOf({ name: '', old: effect, new: effect });
      basis.planted({
        fault,
        route: `${route} ${shownName(`${effect.store}:${effect.place}`, run.redact)}`,
        exchange: exchange ?? 1,
        seen: wasSeen,
      });
    },
  });
  const before = start.cut();
  const { uses: _counted, ...during } = rest.cut();
  return {
    notObserved: [
      ...new Set([...seen.old.notObserved, ...seen.new.notObserved, ...(sides.egress?.notes() ?? [])]),
    ],
    ...{ mapped, ...during },
    ...(before.rows.length > 0 && { start: before }),
  };
}

/** The name of an effect without secrets in its address. */
const shownName = (name: string, redact: Redactor): string =>
  name.startsWith('outgoing:') ? redact.target(name) : name;

/** Finds the exchange of an effect: the old side's, else the new one's. */
function places(seen: { old: SideEffects; new: SideEffects }, { exchanges, routeOf, redact }: Run) {
  const byIndex = new Map(exchanges.map((exchange) => [exchange.index, exchange]));
  return ({ old, new: next }: Matched): Omit<Place, 'exchange'> & { exchange: number | null } => {
    const index = old ? exchangeOf(old, seen.old) : next ? exchangeOf(next, seen.new) : null;
    const exchange = byIndex.get(index ?? 0);
    if (!exchange) return { exchange: null, route: index === 0 ? AT_START : SOME_TIME, request: '' };
    const { method, path } = exchange.request;
    return {
      exchange: exchange.index,
      route: routeOf(method, path),
      request: `${method} ${redact.target(path)}`,
    };
  };
}
