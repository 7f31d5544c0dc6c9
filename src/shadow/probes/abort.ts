import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../../model/exchange.ts';
import type { EgressPort } from '../effects/egress.ts';
import { prepare, unsendable } from '../replay/prepare.ts';
import type { LiveSide } from '../sides/side.ts';
import { sendRaw } from './malformed.ts';

/** A client that hears nothing goes away after this long, ms. */
const PATIENCE_MS = 300;
/** Work for a client that is gone must have stopped by then, ms. */
const STOP_MS = 2_000;
const STEP_MS = 25;

/**
 * Asks, and goes away with the first byte of the answer (or when none comes for a moment). Then looks whether the calls
 * the side had under way for it end, and whether it still answers.
 *
 * @param egress where the side's calls go through; null: nobody sees them
 */
export async function goAway(side: LiveSide, egress: EgressPort | null, exchange: Exchange): Promise<string> {
  await until(() => (egress?.underWay() ?? 0) === 0, STOP_MS);
  const { method, path, headers } = prepare(exchange);
  const head = [`${method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const { began, underWay } = await leave(
    side.origin,
    `${head.join('\r\n')}\r\n\r\n`,
    () => egress?.underWay() ?? 0,
  );
  const parts = [began ? 'left during the answer' : 'left before an answer'];
  if (egress) {
    if (underWay === 0) parts.push('no outgoing call under way');
    else
      parts.push(
        (await until(() => egress.underWay() === 0, STOP_MS))
          ? 'its outgoing calls stop'
          : 'its outgoing calls go on',
      );
  }
  const after = await sendRaw(
    side.origin,
    `GET /migrate-probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  if (side.crashed() !== null) parts.push('the side ended');
  else parts.push(after.startsWith('no answer') ? 'no answer to others any more' : 'others are answered');
  return parts.join('; ');
}

function leave(
  origin: string,
  bytes: string,
  count: () => number,
): Promise<{ began: boolean; underWay: number }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    let settled = false;
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes, 'latin1'));
    const go = (began: boolean) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      const underWay = count();
      socket.destroy();
      resolve({ began, underWay });
    };
    const timer = setTimeout(() => go(false), PATIENCE_MS);
    // A moment after the first byte: a call made for the answer is then seen under way.
    socket.once('data', () => setTimeout(() => go(true), STEP_MS));
    socket.on('error', () => go(false));
    socket.on('close', () => go(true));
  });
}

async function until(reached: () => boolean, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!reached()) {
    if (performance.now() > deadline) return false;
    await sleep(STEP_MS);
  }
  return true;
}

/** Routes that are probed. */
const MOST = 5;

/**
 * The exchanges to go away from: one a route, safe ones only, first those that call other servers, then streams, then
 * the longest.
 *
 * @param calling exchanges during which the old side called other servers
 */
export function worthLeaving(
  exchanges: readonly Exchange[],
  routeOf: (exchange: Exchange) => string,
  calling: ReadonlySet<number>,
): Map<string, Exchange> {
  const weigh = (exchange: Exchange): number => {
    const { response } = exchange;
    const stream = response?.headers.some(
      ([name, value]) => /^content-type$/i.test(name) && /event-stream/i.test(value),
    );
    return (
      (calling.has(exchange.index) ? 2 : 0) + (stream ? 1 : 0) + Math.min(0.9, (response?.size ?? 0) / 1e9)
    );
  };
  const best = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    if (
      exchange.request.method.toUpperCase() !== 'GET' ||
      unsendable(exchange) ||
      exchange.response?.transcript
    )
      continue;
    const route = routeOf(exchange);
    const known = best.get(route);
    if (!known || weigh(exchange) > weigh(known)) best.set(route, exchange);
  }
  return new Map([...best].sort(([, a], [, b]) => weigh(b) - weigh(a) || a.index - b.index).slice(0, MOST));
}
