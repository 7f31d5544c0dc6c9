import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The format of an event. */
export type Format = '1.0' | '2.0';

/** The event that API Gateway makes of a request: of a REST API 1.0, of an HTTP API 2.0 unless it is told otherwise. */
export function eventOf(
  route: { method: string; path: string; format: Format },
  request: IncomingMessage,
  url: URL,
  parameters: Record<string, string>,
  body: Buffer,
): unknown {
  const method = request.method ?? 'GET';
  const pathParameters = Object.keys(parameters).length > 0 ? parameters : null;
  const type = String(request.headers['content-type'] ?? '');
  const isText = type === '' || /^text\/|json|xml|x-www-form-urlencoded|javascript/.test(type);
  const sourceIp = '127.0.0.1';
  const userAgent = String(request.headers['user-agent'] ?? '');
  const host = String(request.headers.host ?? 'localhost');
  const requestId = randomUUID();
  const timeEpoch = Date.now();
  if (route.format === '1.0') {
    const [headers, multiValueHeaders] = pairs(rawHeaders(request));
    const [query, multiValueQuery] = pairs([...url.searchParams]);
    const hasQuery = Object.keys(query).length > 0;
    return {
      ...{ resource: route.path, path: url.pathname, httpMethod: method, headers, multiValueHeaders },
      queryStringParameters: hasQuery ? query : null,
      multiValueQueryStringParameters: hasQuery ? multiValueQuery : null,
      ...{ pathParameters, stageVariables: null },
      requestContext: {
        ...{ resourceId: 'local', resourcePath: route.path, httpMethod: method, path: url.pathname },
        ...{
          accountId: '000000000000',
          apiId: 'local',
          stage: 'local',
          protocol: 'HTTP/1.1',
          domainName: host,
        },
        ...{ requestId, requestTimeEpoch: timeEpoch, identity: { sourceIp, userAgent } },
      },
      ...{ body: body.length > 0 ? body.toString('utf8') : null, isBase64Encoded: false },
    };
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && name !== 'cookie')
      headers[name] = Array.isArray(value) ? value.join(',') : value;
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams)
    query[name] = name in query ? `${query[name]},${value}` : value;
  const routeKey = route.path === '/*' ? '$default' : `${route.method} ${route.path}`;
  const cookies = request.headers.cookie?.split('; ');
  return {
    ...{ version: '2.0', routeKey, rawPath: url.pathname, rawQueryString: url.search.slice(1), headers },
    ...(cookies && { cookies }),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: {
      ...{
        accountId: '000000000000',
        apiId: 'local',
        domainName: host,
        domainPrefix: 'local',
        requestId,
        routeKey,
      },
      ...{ stage: '$default', timeEpoch },
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp, userAgent },
    },
    ...(pathParameters && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Header names as they were sent. */
function rawHeaders({ rawHeaders: raw }: IncomingMessage): [string, string][] {
  return raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));
}

/** The last value of each name, and all of them. */
function pairs(given: readonly [string, string][]): [Record<string, string>, Record<string, string[]>] {
  const [last, all]: [Record<string, string>, Record<string, string[]>] = [{}, {}];
  for (const [name, value] of given) {
    last[name] = value;
    all[name] = [...(all[name] ?? []), value];
  }
  return [last, all];
}
