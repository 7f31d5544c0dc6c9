import type { Outcome, Seen } from '../contract.ts';

/** It went through, and nothing came of it. */
export const nothing = (saw: string): Seen => ({ level: 'no-op', saw });

/** It has an effect, and another one than Node's. */
export const otherwise = (saw: string): Seen => ({ level: 'differs', saw });

/** Nothing where the effect is there. */
export const happens = (isThere: boolean, without: string): Outcome =>
  isThere ? undefined : nothing(without);

/** Holds what was given against what Node gives. */
export function same(given: unknown, nodes: unknown): Outcome {
  const [own, other] = [text(given), text(nodes)];
  return own === other ? undefined : otherwise(`${own} where Node gives ${other}`);
}

/** The first of several that saw anything. */
export const first = (...outcomes: Outcome[]): Outcome => outcomes.find((one) => one !== undefined);

const text = (value: unknown): string =>
  typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value));

/** The arguments of the next event of a name. @throws where there is none in time */
export function event(
  emitter: { once(name: string, listener: (...args: unknown[]) => void): unknown },
  name: string,
  ms = 3_000,
): Promise<unknown[]> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no "${name}" event`)), ms);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      end();
    };
    emitter.once(name, (...args) => settle(() => done(args)));
    if (name !== 'error') emitter.once('error', (error) => settle(() => fail(error)));
  });
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Tries until it goes through. @throws the last error, where it never does in time */
export async function eventually(call: () => Promise<unknown>, ms = 10_000): Promise<void> {
  for (const until = Date.now() + ms; ; await pause(100)) {
    try {
      await call();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/** Everything a stream gives, as text. */
export async function read(stream: AsyncIterable<unknown>): Promise<string> {
  const parts: string[] = [];
  const decoder = new TextDecoder();
  for await (const part of stream)
    parts.push(typeof part === 'string' ? part : decoder.decode(part as Uint8Array));
  return parts.join('');
}

/** What a call throws; null where it does not. That there is no such call is no answer to what it throws. */
export async function thrown(call: () => unknown): Promise<(Error & { code?: string }) | null> {
  try {
    await call();
    return null;
  } catch (error) {
    const wrong = error as Error & { code?: string };
    if (wrong.code === 'ERR_METHOD_NOT_IMPLEMENTED' || /not implemented/i.test(wrong.message)) throw wrong;
    return wrong;
  }
}
