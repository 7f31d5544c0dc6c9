import acceptsOf from 'accepts';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { contentType as typeOf } from 'mime-types';
import { needs } from '../needs.ts';
import { httpError } from './http-error.ts';

type Form = (c: Context) => Response | Promise<Response>;

/** `res.format`: the answer in the form the client prefers, 406 when it takes none of them. */
export async function format(c: Context, answers: Record<string, Form>): Promise<Response> {
  const types = Object.keys(answers).filter((type) => type !== 'default');
  const request = { headers: { accept: c.req.header('accept') } } as never;
  const preferred = types.length > 0 && acceptsOf(request).type(types);
  c.header('Vary', 'Accept', { append: true });
  const answer = typeof preferred === 'string' ? answers[preferred] : answers.default;
  if (answer === undefined)
    throw needs.errorHandler
      ? httpError(406, 'Not Acceptable')
      : new HTTPException(406, { message: 'Not Acceptable' });
  const [type = ''] = typeof preferred === 'string' ? preferred.split(/ *;/) : [];
  const unknown = type.includes('/') ? type : 'application/octet-stream';
  if (type !== '') c.header('Content-Type', typeOf(type) || unknown);
  return answer(c);
}
