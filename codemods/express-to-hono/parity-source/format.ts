import type { Context } from 'hono';
import createError from 'http-errors';
import { accepts } from './accepts.ts';
import { typeOfExtension, withCharset } from './express4/content-types.ts';
import { vary } from './vary.ts';

type Answer = (c: Context) => Response | Promise<Response>;

/** `res.format`: the answer in the form the client prefers, 406 when it takes none of them. */
export function format(c: Context, answers: Record<string, Answer>): Response | Promise<Response> {
  const types = Object.keys(answers).filter((type) => type !== 'default');
  const preferred = types.length > 0 ? accepts(c, types) : false;
  vary(c, 'Accept');
  const answer = typeof preferred === 'string' ? answers[preferred] : answers.default;
  // No `try` around the call is to catch it: Express hands it to `next`.
  if (!answer) return Promise.reject(createError(406, { types: types.map(fullType) }));
  if (typeof preferred === 'string') c.header('Content-Type', withCharset(fullType(preferred)));
  return answer(c);
}

function fullType(type: string): string {
  return type.includes('/') ? (type.split(';')[0] ?? type).trim() : typeOfExtension(type);
}
