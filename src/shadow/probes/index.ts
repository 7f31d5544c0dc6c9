import type { Aggregate } from '../../model/aggregate.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { ProbeClass, ProbeRow } from '../../model/probes.ts';
import { found } from '../compare/found.ts';
import { type Judged, tally } from '../judging/tally.ts';
import type { Redactor } from '../redact.ts';
import type { LiveSide, Sides } from '../sides/side.ts';
import type { Waivers } from '../waivers/index.ts';
import { goAway, worthLeaving } from './abort.ts';
import { MALFORMED, sendRaw } from './malformed.ts';

interface Run {
  classes: readonly ProbeClass[];
  exchanges: readonly Exchange[];
  routeOf(method: string, target: string): string;
  accepted: Waivers;
  redact: Redactor;
  signal: AbortSignal | undefined;
}

interface Probe {
  class: ProbeClass;
  name: string;
  what: string;
  route: string;
  exchange: number;
  request: string;
  ask(side: LiveSide, name: 'old' | 'again' | 'new'): Promise<string>;
}

/** Where probes of the server itself are listed. */
const NO_ROUTE = '(raw socket)';

/** Probes all sides, after everything else: a probe may leave a side in any state. Undefined where none was asked for. */
export async function probe(sides: Sides, run: Run): Promise<Aggregate['probes']> {
  if (run.classes.length === 0) return undefined;
  const notObserved: string[] = [];
  const counted = tally(run.redact);
  const rows: ProbeRow[] = [];
  const judge = (one: Probe, [old, again, next]: readonly string[]) => {
    const difference = found('probe', `probe:${one.class}/${one.name}`, old ?? '', next ?? '');
    const waiver = run.accepted.covers(one.route, difference, old !== again)?.id;
    if (waiver) run.accepted.used(waiver);
    const judged: Judged[] = [];
    if (old !== next)
      judged.push({
        found: difference,
        ...(waiver
          ? { explained: { by: 'waiver', id: waiver } }
          : old !== again && { explained: { by: 'noise', id: 'noise' } }),
      });
    counted.add({ exchange: one.exchange, route: one.route, request: one.request }, judged);
    const state = judged.length === 0 ? 'same' : judged[0]?.explained ? 'explained' : 'different';
    rows.push({ class: one.class, name: one.name, what: one.what, state, old: old ?? '', new: next ?? '' });
  };
  const ask = (one: Probe) =>
    Promise.all([one.ask(sides.old, 'old'), one.ask(sides.again, 'again'), one.ask(sides.new, 'new')]);

  if (run.classes.includes('malformed')) {
    const answers = await Promise.all(malformedProbes().map(async (one) => [one, await ask(one)] as const));
    for (const [one, three] of answers) judge(one, three);
  }
  if (run.classes.includes('abort')) {
    const probes = await abortProbes(sides, run);
    if (!sides.egress) notObserved.push('whether outgoing calls stop: nobody watches them');
    if (probes.length === 0) notObserved.push('clients that go away: no GET request to go away from');
    sides.egress?.live();
    // One after the other: what is under way must be this probe's.
    for (const one of probes) if (!run.signal?.aborted) judge(one, await ask(one));
  }
  return {
    ...{ classes: [...run.classes], rows, notObserved, cells: counted.cut().cells },
    different: rows.filter(({ state }) => state === 'different').length,
  };
}

const malformedProbes = (): Probe[] =>
  MALFORMED.map(({ name, what, bytes }) => ({
    ...{
      class: 'malformed',
      name,
      what,
      route: NO_ROUTE,
      exchange: 1,
      request: bytes.split(/\r?\n/, 1)[0] ?? '',
    },
    ask: ({ origin }) => sendRaw(origin, bytes),
  }));

async function abortProbes(sides: Sides, { exchanges, routeOf, redact }: Run): Promise<Probe[]> {
  const calls = (await sides.old.effects?.collect())?.outgoing ?? [];
  const calling = new Set(calls.flatMap(({ exchange }) => exchange ?? []));
  const chosen = worthLeaving(exchanges, ({ request }) => routeOf(request.method, request.path), calling);
  return [...chosen].map(([route, exchange]) => ({
    ...{ class: 'abort', name: route, what: 'the client goes away with the first byte of the answer', route },
    ...{ exchange: exchange.index, request: `GET ${redact.target(exchange.request.path)}` },
    ask: (side, name) => goAway(side, sides.egress?.ports[name] ?? null, exchange),
  }));
}
