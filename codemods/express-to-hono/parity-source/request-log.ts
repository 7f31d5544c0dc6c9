import type { Context, MiddlewareHandler } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import { requestTarget } from './target.ts';

interface LogOptions {
  /** Where the lines go, in place of the standard output. */
  stream?: { write(line: string): unknown };
  /** A line is written when the request comes. */
  immediate?: boolean;
  /** The address of the client. */
  address?: (c: Context) => string | undefined;
}

/** Writes a line for each request, in a format of morgan's: `:method :url :status`, or `dev`. */
export function requestLog(
  format: string,
  { stream, immediate = false, address }: LogOptions = {},
): MiddlewareHandler {
  const write = (line: string) => (stream === undefined ? console.log(line) : stream.write(`${line}\n`));
  return async function requestLog(c, next) {
    const start = performance.now();
    const lineOf = () => {
      const pattern = format === 'dev' ? devFormat(immediate ? 0 : c.res.status) : format;
      return pattern.replace(/:([-\w]{2,})(?:\[([^\]]+)\])?/g, (_, name: string, of = '') => {
        const isLate = /^(status|res|response-time|total-time)$/.test(name);
        const value = isLate && immediate ? undefined : TOKENS[name]?.(c, { of, start, address });
        return value === undefined ? '-' : escaped(value);
      });
    };
    if (immediate) write(lineOf());
    await next();
    if (!immediate) write(lineOf());
  };
}

type Asked = Pick<LogOptions, 'address'> & { of: string; start: number };

const msSince = ({ of, start }: Asked) => (performance.now() - start).toFixed(of === '' ? 3 : Number(of));

/** What `:name` and `:name[of]` stand for. */
const TOKENS: Record<string, (c: Context, asked: Asked) => string | undefined> = {
  method: (c) => c.req.method,
  url: (c) => requestTarget(c.req.raw, c.env),
  status: (c) => String(c.res.status),
  res: (c, { of }) => c.res.headers.get(of) ?? undefined,
  req: (c, { of }) => c.req.header(of),
  referrer: (c) => c.req.header('referer') ?? c.req.header('referrer'),
  'user-agent': (c) => c.req.header('user-agent'),
  'http-version': (c) => c.env?.incoming?.httpVersion ?? '1.1',
  'remote-addr': (c, { address }) => address?.(c),
  'remote-user': (c) => auth(c.req.raw)?.username,
  date: (_c, { of }) => dateOf(of),
  'response-time': (_c, asked) => msSince(asked),
  'total-time': (_c, asked) => msSince(asked),
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
