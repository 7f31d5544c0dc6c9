import type { Plant } from '../../model/aggregate.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { RuleUse } from '../../model/verdict.ts';
import { recordedView } from '../answer.ts';
import type { Found } from '../compare/found.ts';
import { compareAnswers, type Pair } from '../compare/index.ts';
import type { Answered, Triple } from '../replay/trio.ts';
import { facing, type Sides } from '../sides/side.ts';
import type { Waivers } from '../waivers/index.ts';
import type { Occasion } from '../waivers/occasion.ts';
import { type Bijection, bijection } from './bijection.ts';
import { activeRules, explain } from './explain.ts';
import { type Bed, plantEverywhere, plantFaults, type Settled } from './plant-faults.ts';
import { plantings } from './plants.ts';
import { type Refusals, refusals } from './refusals.ts';
import type { Rule } from './rule.ts';
import type { Judged } from './tally.ts';

/** Differences of one exchange, each with what explains it. `calibration` is null where the old side gave no pair. */
export interface Judgement {
  differences: Judged[];
  calibration: Judged[] | null;
}

/** What differences of this run are judged by. */
export interface Basis {
  rules: readonly Rule[];
  ids: { new: Bijection; again: Bijection };
  clockBudgetMs: number;
  since: number;
  runtimes: { old: string; new: string };
  /** An explanation of this name was applied once more. */
  used(id: string): void;
  /** A fault was planted into something else than an answer. */
  planted(plant: Plant): void;
}

/** Judges triples one after the other, and keeps score of rules and planted faults. */
export interface Judgements {
  /** @param excluded the route is outside the verdict: no faults are planted in it, no rule counted */
  judge(exchange: Exchange, route: string, triple: Triple, excluded: boolean): Judgement;
  /** Learns which generated values stand for which, from an exchange that was judged before. */
  learn(exchange: Exchange, route: string, triple: Triple): void;
  /** The sides were started again: what was generated before stands for nothing any more. */
  forget(): void;
  /** Exchanges that one side alone refused. */
  refusals: Refusals;
  /** What a comparison of anything else of these sides is judged by. `uses`: names of rules and waivers that explained something. */
  basis: Basis;
  /** How often rules and waivers were applied, and what was planted, since the last cut. */
  cut(): { rules: RuleUse[]; waivers: ReadonlyMap<string, number>; plants: Plant[] };
}

/** Answers of one moment come from sides that are asked one after the other, on machines that stall. */
const CLOCK_SLACK_MS = 10_000;

/** @param options.allow optional rules asked for by name; @param options.plants of an earlier attempt of the run */
export function judgements(
  sides: Sides,
  options: { allow: readonly string[]; waivers: Waivers; plants?: readonly Plant[] | undefined },
): Judgements {
  const runtimes = { old: facing(sides.old), new: facing(sides.new) };
  const rules = activeRules(runtimes, options.allow);
  const ids = { new: bijection(), again: bijection() };
  // Seed data made at the start carries the moment of the start, and the sides do not start at once.
  const starts = [sides.old, sides.again, sides.new].map(({ identity }) => identity.startMs ?? 0);
  const since = Date.now();
  const clockBudgetMs = CLOCK_SLACK_MS + starts.reduce((sum, ms) => sum + ms, 0);
  const fresh: Plant[] = [];
  let applied = new Map<string, number>();
  const planted = plantings(options.plants);
  const refused = refusals();
  /** Pages with stacks: what HEAD says of their length follows from frames that are not compared. */
  const stackPages = new Set<string>();

  const use = (id: string) => {
    applied.set(id, (applied.get(id) ?? 0) + 1);
  };
  const addPlant = (plant: Plant) => {
    planted.add(plant);
    fresh.push(plant);
  };

  const settle = ({ exchange, route, pair, known, witness }: Bed, inExchange: boolean): Settled[] => {
    const all = compareAnswers(pair);
    const context = {
      method: pair.method,
      path: pair.path ?? '',
      old: pair.old.view,
      new: pair.new.view,
      varies: witness,
      ids: known,
      ...{ clockBudgetMs, since },
      runtimes,
    };
    const occasion: Occasion | undefined = inExchange
      ? { request: exchange.request, old: pair.old.view, new: pair.new.view, all }
      : undefined;
    const waived = (found: Found) =>
      options.waivers.covers(route, found, witness(found.exact).again, occasion);
    const page = `${route} ${pair.old.view?.response.status}`;
    const isKnown = pair.method === 'HEAD' && stackPages.has(page);
    const { open, explained } = explain(all, rules, context, (found) => waived(found) !== null, isKnown);
    if (explained.some(({ found }) => found.kind === 'stack')) stackPages.add(page);
    const judged: Settled[] = explained.map(({ found, rule }) => ({
      found,
      explained: { by: 'rule', id: rule },
    }));
    for (const found of open) {
      const cover = waived(found);
      judged.push(cover ? { found, explained: { by: 'waiver', id: cover.id }, cover } : { found });
    }
    return judged;
  };

  const compare = (exchange: Exchange, route: string, triple: Triple) => {
    const { method, path } = exchange.request;
    const { eventsUpTo } = triple;
    const side = ({ answer, view: seen, side: of }: Answered) => ({ answer, view: seen, own: of.own });
    const old = side(triple.old);
    const again = side(triple.again);
    const next = side(triple.new);
    const witness = witnesses({ method, old, new: again, eventsUpTo }, exchange);
    const comparable = triple.old.answer.ok || triple.again.answer.ok;
    const place = { exchange, route, witness };
    const calibration = comparable
      ? settle(
          {
            ...{ ...place, pair: { method, old, new: again, eventsUpTo }, known: ids.again },
            witness: () => ({ again: true, recorded: true }),
          },
          false,
        )
      : null;
    const pair: Pair = { method, path, old, new: next, eventsUpTo };
    const bed: Bed = { ...place, pair, known: ids.new };
    const repeat: Bed = { ...place, pair: { ...pair, new: again }, known: ids.again };
    const differences = settle(bed, true);
    refused.saw(exchange.index, differences);
    return { calibration, bed, repeat, differences };
  };

  return {
    judge(exchange, route, triple, excluded) {
      const { calibration, bed, repeat, differences } = compare(exchange, route, triple);
      if (!excluded) {
        const used = new Set(
          differences.flatMap(({ explained }) => (explained ? [explained] : [])).map(({ id }) => id),
        );
        for (const id of used) use(id);
        const clean = differences.every(({ explained }) => explained);
        const plants = { ...planted, add: addPlant };
        if (clean) plantFaults(bed, differences, repeat, settle, plants);
        else plantEverywhere(repeat, settle, plants);
      }
      return { differences: differences.map(({ cover: _, ...one }) => one), calibration };
    },
    refusals: refused,
    basis: { rules, ids, clockBudgetMs, since, runtimes, used: use, planted: addPlant },
    learn(exchange, route, triple) {
      compare(exchange, route, triple);
    },
    forget() {
      ids.new = bijection();
      ids.again = bijection();
    },
    cut() {
      const uses = applied;
      applied = new Map();
      return {
        rules: rules.map(({ id, reason, allows }) => ({ id, reason, allows, exchanges: uses.get(id) ?? 0 })),
        waivers: uses,
        plants: fresh.splice(0),
      };
    },
  };
}

/** Says of a place whether the old side repeated itself there, and whether it repeated the recording. Looked up once, if at all. */
function witnesses(
  calibration: Pair,
  exchange: Exchange,
): (exact: string) => { again: boolean; recorded: boolean } {
  let again: Set<string> | undefined;
  let recorded: Set<string> | undefined;
  const places = (found: readonly Found[]) => new Set(found.map(({ exact }) => exact));
  return (exact) => {
    again ??= places(compareAnswers(calibration));
    if (again.has(exact)) return { again: true, recorded: true };
    recorded ??= exchange.response
      ? places(
          compareAnswers({
            ...calibration,
            old: { answer: { ok: true, response: exchange.response }, view: recordedView(exchange.response) },
            new: calibration.old,
          }),
        )
      : new Set();
    return { again: false, recorded: recorded.has(exact) };
  };
}
