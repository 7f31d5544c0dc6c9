// What is answered where a parameter of the path is longer than a parameter may be, from Fastify 5.9 on.
import { urlOf } from './client.ts';
import type { AppContext } from './types.ts';

export function tooLong(c: AppContext): Response | undefined {
  const path = urlOf(c).replace(/[?#].*$/s, '');
  const message = `'${path}' is exceeding the max param length`;
  return c.json({ error: 'Bad Request', code: 'FST_ERR_MAX_PARAM_LENGTH', message, statusCode: 414 }, 414);
}
