import { describe, expect, it } from 'vitest';
import type { ExchangeResponse } from '../model/exchange.ts';
import { view } from './answer.ts';
import type { Found } from './compare/found.ts';
import type { RuleContext } from './judging/rule.ts';
import { RULES } from './judging/rules.ts';
import { limitOf } from './limits.ts';

const answer = (status: number, text: string) =>
  view({
    ...{ status, headers: [['Content-Type', 'text/plain']], ending: 'complete' },
    ...{ body: Buffer.from(text), size: text.length },
  } as unknown as ExchangeResponse);

const context = (old: ReturnType<typeof answer>, next: ReturnType<typeof answer>) =>
  ({
    path: '/hello?name=<b>',
    old,
    new: next,
    runtimes: { old: 'node', new: 'workers' },
  }) as unknown as RuleContext;

function explains(id: string, found: Partial<Found>, given: RuleContext): boolean | undefined {
  return RULES.find((rule) => rule.id === id)?.explains(found as Found, given);
}

describe('what workerd itself does is explained, and nothing beside it', () => {
  it('an address it refuses', () => {
    const found = { kind: 'status', location: 'status', old: '200', new: '400' } as Partial<Found>;
    const served = answer(200, 'hi');
    expect(explains('workerd-address', found, context(served, answer(400, 'invalid URI')))).toBe(true);
    expect(explains('workerd-address', found, context(served, answer(400, 'bad note')))).toBe(false);
    expect(explains('workerd-address', found, context(answer(400, 'invalid URI'), answer(200, 'hi')))).toBe(
      false,
    );
    const allowed = {
      ...context(served, answer(400, 'invalid URI')),
      path: '/hello?name=%3Cb%3E',
    };
    expect(explains('workerd-address', found, allowed)).toBe(false);
  });

  it('header values beyond ASCII, which it writes in UTF-8', () => {
    const same = context(answer(200, 'x'), answer(200, 'x'));
    const header = (old: string, next: string) =>
      ({ kind: 'header-value', location: 'header:x-name', old, new: next }) as Partial<Found>;
    expect(explains('workerd-header-text', header('caf\u00e9', 'caf\u00c3\u00a9'), same)).toBe(true);
    expect(explains('workerd-header-text', header('caf\u00e9', 'caf\u00c3\u00a8'), same)).toBe(false);
    expect(explains('workerd-header-text', header('cafe', 'cafes'), same)).toBe(false);
  });

  it('both rules are for Workers only', () => {
    for (const rule of RULES.filter(({ id }) => id.startsWith('workerd-'))) {
      expect(rule.active({ old: 'node', new: 'bun' })).toBe(false);
    }
  });
});

it('a limit of GET is one of HEAD as well', () => {
  const limits = [{ route: 'GET /css/site.css', runtime: 'workers', reason: 'no disk' }];
  const known = ['GET /notes'];
  expect(limitOf(limits, 'workers', 'HEAD /css/site.css', '/css/site.css', known)).toBe(limits[0]);
  expect(limitOf(limits, 'workers', 'POST /css/site.css', '/css/site.css', known)).toBeNull();
  expect(limitOf(limits, 'bun', 'HEAD /css/site.css', '/css/site.css', known)).toBeNull();
});
