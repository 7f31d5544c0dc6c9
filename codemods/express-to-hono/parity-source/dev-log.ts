import type { MiddlewareHandler } from 'hono';

/** A line for each request, its status in the colour of what became of it, as morgan's `dev` has it. */
export function devLog(): MiddlewareHandler {
  return async function devLog(c, next) {
    const start = performance.now();
    await next();
    const { status, headers } = c.res;
    const target = c.req.url.slice(c.req.url.indexOf('/', 'https://'.length));
    const color = [0, 0, 32, 36, 33][Math.floor(status / 100)] ?? 31;
    const end = `${(performance.now() - start).toFixed(3)} ms - ${headers.get('Content-Length') ?? '-'}`;
    console.log(
      process.env.NO_COLOR
        ? `${c.req.method} ${target} ${status} ${end}`
        : `\x1b[0m${c.req.method} ${target} \x1b[${color}m${status}\x1b[0m ${end}\x1b[0m`,
    );
  };
}
