import type { MiddlewareHandler } from 'hono';
import { originalUrl } from './mount.ts';

/** A request as lines of a log name it. */
interface AskedLine {
  url: string;
  headers: Record<string, string>;
  method: string;
  httpVersion: string;
  originalUrl: string;
  query: Record<string, string | string[]>;
}

/** An answer as they do. */
interface AnsweredLine {
  statusCode: number;
  responseTime: number;
}

interface AnswerLog {
  message?: (req: AskedLine, res: AnsweredLine) => string;
  level?: string | ((req: AskedLine, res: AnsweredLine) => string);
  /** What stands beside the message; `false`: nothing of the request. */
  meta?: boolean;
  metaField?: string | null;
  baseMeta?: object;
  dynamicMeta?: (req: AskedLine, res: AnsweredLine) => object | null | undefined;
  headerBlacklist?: readonly string[];
  ignoredRoutes?: readonly string[];
  ignoreRoute?: (req: AskedLine) => unknown;
  skip?: (req: AskedLine, res: AnsweredLine) => unknown;
}

/** Tells a logger of winston's each answer, as `express-winston` does. */
export function answerLog(
  logger: { log(line: { level: string; message: string }): unknown },
  options: AnswerLog = {},
): MiddlewareHandler {
  const { level = 'info', message = ({ method, url }: AskedLine) => `HTTP ${method} ${url}` } = options;
  const { metaField = 'meta', headerBlacklist = [], ignoredRoutes = [] } = options;
  const hidden = headerBlacklist.map((name) => name.toLowerCase());
  return async function answerLog(c, next) {
    const url = originalUrl(c);
    const repeated = Object.entries(c.req.queries());
    const req: AskedLine = {
      url,
      headers: Object.fromEntries(Object.entries(c.req.header()).filter(([name]) => !hidden.includes(name))),
      method: c.req.method,
      httpVersion: c.env?.incoming?.httpVersion ?? '1.1',
      originalUrl: url,
      query: Object.fromEntries(
        repeated.map(([name, [only = '', ...more]]) => [name, more.length === 0 ? only : [only, ...more]]),
      ),
    };
    if (ignoredRoutes.includes(url) || options.ignoreRoute?.(req)) return next();
    const start = Date.now();
    await next();
    const res: AnsweredLine = { statusCode: c.res.status, responseTime: Date.now() - start };
    if (options.skip?.(req, res)) return;
    const { statusCode, responseTime } = res;
    const told =
      options.meta === false
        ? {}
        : { req, res: { statusCode }, responseTime, ...options.dynamicMeta?.(req, res) };
    logger.log({
      ...(metaField === null ? told : { [metaField]: told }),
      ...options.baseMeta,
      level: typeof level === 'string' ? level : level(req, res),
      message: message(req, res),
    });
  };
}
