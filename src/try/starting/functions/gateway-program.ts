import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { eventOf, type Format } from './gateway-event.ts';

/** A function as the manifest declares it. */
interface Declared {
  name: string;
  exported: string;
  requests: { method: string; path: string; format: Format }[];
  load(): Promise<Record<string, unknown>>;
}

type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, answer?: unknown) => void,
) => unknown;
interface Route {
  method: string;
  path: string;
  format: Format;
  parts: string[];
  name: string;
  handler: Handler;
}
/** What a handler gives. */
interface Answer {
  statusCode?: number | string;
  headers?: Record<string, unknown>;
  multiValueHeaders?: Record<string, unknown[]>;
  cookies?: string[];
  body?: unknown;
  isBase64Encoded?: boolean;
}

/**
 * Answers requests by functions, as API Gateway does. Source: AWS, "Set up Lambda proxy integrations", "Create AWS Lambda
 * proxy integrations for HTTP APIs", 2026-11-30. Handlers that do not load end it: on Lambda they would answer nothing.
 */
export async function serve(declared: readonly Declared[]): Promise<void> {
  process.env.AWS_REGION ??= 'us-east-1';
  const routes: Route[] = [];
  for (const { name, exported, requests, load } of declared) {
    const loaded = await load();
    const inside = loaded.default as Record<string, unknown> | undefined;
    const handler = loaded[exported] ?? inside?.[exported];
    if (typeof handler !== 'function') throw new TypeError(`${name}: ${exported} is no function`);
    for (const request of requests)
      routes.push({ ...request, name, handler: handler as Handler, parts: partsOf(request.path) });
  }
  // Fixed parts before parameters, and those before what takes all the rest.
  routes.sort((one, other) => weight(one) - weight(other));
  createServer((request, response) => {
    answer(routes, request, response).catch((error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'application/json' });
      response.end('{"message": "Internal server error"}');
    });
  }).listen(Number(process.env.PORT), process.env.HOST);
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');
const isRest = (part: string): boolean => part === '*' || /^\{[\w.-]+\+\}$/.test(part);
const isParameter = (part: string): boolean => /^\{[\w.-]+\}$/.test(part);
const weight = ({ parts, method }: Route): number =>
  parts.reduce(
    (sum, part) => sum + (isRest(part) ? 10_000 : isParameter(part) ? 100 : 0),
    method === 'ANY' ? 1 : 0,
  );

/** Parameters of a path that a route takes; null where it does not. */
function match(route: Route, parts: readonly string[]): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const [at, part] of route.parts.entries()) {
    if (isRest(part)) {
      if (at >= parts.length) return part === '*' ? found : null;
      if (part !== '*') found[part.slice(1, -2)] = parts.slice(at).join('/');
      return found;
    }
    const given = parts[at];
    if (given === undefined) return null;
    if (isParameter(part)) found[part.slice(1, -1)] = decodeURIComponent(given);
    else if (part !== given) return null;
  }
  return parts.length === route.parts.length ? found : null;
}

async function answer(routes: Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parts = partsOf(url.pathname);
  for (const route of routes) {
    if (route.method !== 'ANY' && route.method !== request.method) continue;
    const parameters = match(route, parts);
    if (parameters === null) continue;
    const event = eventOf(route, request, url, parameters, Buffer.concat(chunks));
    let given: unknown;
    try {
      given = await call(route, event);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.stack : JSON.stringify(error)}\n`);
      const isRest = route.format === '1.0';
      return send(response, {
        statusCode: isRest ? 502 : 500,
        body: isRest ? '{"message": "Internal server error"}' : '{"message":"Internal Server Error"}',
      });
    }
    return send(response, shaped(given, route.format));
  }
  const isRest = routes.some(({ format }) => format === '1.0');
  return send(response, {
    statusCode: isRest ? 403 : 404,
    body: isRest ? '{"message":"Missing Authentication Token"}' : '{"message":"Not Found"}',
  });
}

/** Calls a handler: it gives a promise, or calls back. */
function call({ handler, name }: Route, event: unknown): Promise<unknown> {
  const until = Date.now() + 29_000;
  return new Promise((resolve, reject) => {
    const done = (error: unknown, given?: unknown) => (error ? reject(error) : resolve(given));
    const context = {
      ...{
        functionName: name,
        functionVersion: '$LATEST',
        memoryLimitInMB: '1024',
        awsRequestId: randomUUID(),
      },
      ...{ invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}` },
      ...{
        logGroupName: `/aws/lambda/${name}`,
        logStreamName: 'local',
        callbackWaitsForEmptyEventLoop: true,
      },
      getRemainingTimeInMillis: () => until - Date.now(),
      ...{ done, fail: (error: unknown) => done(error ?? new Error('failed')), succeed: resolve },
    };
    const returned = handler(event, context, done) as Promise<unknown> | undefined;
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
  });
}

/** What an HTTP API makes of an answer without a status; a REST API takes none. */
function shaped(given: unknown, format: Format): Answer {
  const isShaped = typeof given === 'object' && given !== null && 'statusCode' in given;
  const answer: Answer = isShaped ? (given as Answer) : {};
  const isText = answer.body === undefined || answer.body === null || typeof answer.body === 'string';
  if (isShaped && (isText || format === '2.0')) return answer;
  if (format === '1.0') return { statusCode: 502, body: '{"message": "Internal server error"}' };
  const body = typeof given === 'string' ? given : JSON.stringify(given);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
}

function send(
  response: ServerResponse,
  { statusCode, headers, multiValueHeaders, cookies, ...rest }: Answer,
): void {
  response.statusCode = Number(statusCode);
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
  for (const [name, values] of Object.entries(multiValueHeaders ?? {}))
    response.setHeader(name, values.map(String));
  if (cookies) response.setHeader('set-cookie', cookies);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  const body = rest.body === undefined || rest.body === null ? '' : rest.body;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.end(rest.isBase64Encoded ? Buffer.from(text, 'base64') : text);
}
