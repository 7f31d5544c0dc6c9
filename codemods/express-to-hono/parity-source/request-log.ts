import type { Context, MiddlewareHandler } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import { needs } from './needs.ts';
import { requestTarget } from './target.ts';

interface LogOptions {
  /** Where the lines go, in place of the standard output. */
  stream?: { write(line: string): unknown };
  /** A line is written when the request comes. */
  immediate?: boolean;
  /** The address of the client. */
  address?: ((c: Context) => string | undefined) | undefined;
}

/** Writes a line for each request, in a format of morgan's: `:method :url`. */
export function requestLog(format: string, options: LogOptions = {}): MiddlewareHandler {
  const { stream, immediate, address } = options;
  return async function requestLog(c, next) {
    const start = performance.now();
    if (!(needs.logOptions && immediate)) await next();
    const tokenOf = (_: string, name: string, of = '') => {
      const isLate = /^(status|res|response-time|total-time)$/.test(name);
      const asked = { of, start, ...(needs.logOptions && { address }) };
      const value = needs.logOptions && immediate && isLate ? undefined : TOKENS[name]?.(c, asked);
      return value === undefined ? '-' : escaped(value);
    };
    const dev = () => devFormat(immediate ? 0 : c.res.status);
    const line = (needs.logDev && format === 'dev' ? dev() : format).replace(TOKEN, tokenOf);
    if (needs.logOptions && stream !== undefined) stream.write(`${line}\n`);
    else console.log(line);
    if (needs.logOptions && immediate) await next();
  };
}

type Asked = Pick<LogOptions, 'address'> & { of: string; start: number };

const msSince = ({ of, start }: Asked) => (performance.now() - start).toFixed(of === '' ? 3 : Number(of));

const TOKEN = /:([-\w]{2,})(?:\[([^\]]+)\])?/g;

/** What `:name` and `:name[of]` stand for. */
const TOKENS: Record<string, (c: Context, asked: Asked) => string | undefined> = {
  method: (c) => c.req.method,
  url: (c) => requestTarget(c.req.raw, c.env),
  ...(needs.logAnswers && {
    status: (c: Context) => String(c.res.status),
    res: (c: Context, { of }: Asked) => c.res.headers.get(of) ?? undefined,
  }),
  ...(needs.logClients && {
    req: (c: Context, { of }: Asked) => c.req.header(of),
    referrer: (c: Context) => c.req.header('referer') ?? c.req.header('referrer'),
    'user-agent': (c: Context) => c.req.header('user-agent'),
    'http-version': (c: Context) => c.env?.incoming?.httpVersion ?? '1.1',
    'remote-addr': (c: Context, { address }: Asked) => address?.(c),
    'remote-user': (c: Context) => auth(c.req.raw)?.username,
  }),
  ...(needs.logTimes && {
    date: (_c: Context, { of }: Asked) => dateOf(of),
    'response-time': (_c: Context, asked: Asked) => msSince(asked),
    'total-time': (_c: Context, asked: Asked) => msSince(asked),
  }),
};

/** `web`, `iso` or `clf`, as the log of a web server has it. */
function dateOf(form: string): string {
  const now = new Date();
  if (form === 'iso') return now.toISOString();
  const [, day, month, year, time] = now.toUTCString().split(' ');
  return form === 'clf' ? `${day}/${month}/${year}:${time} +0000` : now.toUTCString();
}

/** Its colour tells what became of the request. */
function devFormat(status: number): string {
  if (process.env.NO_COLOR) return ':method :url :status :response-time ms - :res[content-length]';
  const color = status >= 500 ? 31 : status >= 400 ? 33 : status >= 300 ? 36 : status >= 200 ? 32 : 0;
  return `\x1b[0m:method :url \x1b[${color}m:status\x1b[0m :response-time ms - :res[content-length]\x1b[0m`;
}

/** What a client sends must not end a line, or a field in quotes. */
function escaped(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029"\\]/g, (char) =>
    /["\\\b\f\n\r\t]/.test(char)
      ? JSON.stringify(char).slice(1, -1)
      : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
