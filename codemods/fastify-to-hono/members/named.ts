import type { FileWork } from '../../shared/edit/work.ts';
import { ask, isLent, packageMember } from '../packages/use.ts';
import type { Conversion } from '../state.ts';

/** What a member of Fastify's request is in Hono, by its name; `null`: nothing is. */
export function requestMember(
  conversion: Conversion,
  work: FileWork,
  name: string,
  c: string,
): string | null {
  const { facts } = conversion;
  if (isLent(conversion, 'request', name))
    return `${ask(conversion, work, 'parity/in-hono', 'requestOf')}(${c}).${name}`;
  switch (name) {
    case 'params':
      return `${c}.req.valid('param')`;
    case 'query':
      return `${c}.req.valid('query')`;
    case 'body':
      return `${c}.req.valid('json')`;
    case 'headers':
      return `${c}.req.valid('header')`;
    case 'method':
      return `${c}.req.method`;
    case 'url':
    case 'originalUrl':
      return `${ask(conversion, work, 'parity/client', 'urlOf')}(${c})`;
    case 'id':
      return `${c}.get('id')`;
    case 'log':
      return `${c}.get('log')`;
    case 'server':
      return `${c}.get('route').app`;
    case 'routeOptions':
      return `${c}.get('route').options`;
    case 'validationError':
      return `${c}.get('validationError')`;
    case 'ip':
      if (conversion.target === 'workers') return `${c}.req.header('CF-Connecting-IP')`;
      return `${ask(conversion, work, 'parity/client-ip', 'ipOf')}(${c})`;
    case 'protocol':
      return `new URL(${c}.req.url).protocol.slice(0, -1)`;
    case 'hostname':
      return facts.release === 4 ? `${c}.req.header('host')` : `new URL(${c}.req.url).hostname`;
    case 'host':
      return `${c}.req.header('host')`;
    default:
      return facts.requestNames.has(name) ? `${c}.get('${name}')` : packageMember(conversion, work, name, c);
  }
}
