import type { Context } from 'hono';

/** `res.links`: adds to the Link header. */
export function links(c: Context, targets: Record<string, string>): void {
  const added = Object.entries(targets).map(([rel, target]) => `<${target}>; rel="${rel}"`);
  c.header('Link', added.join(', '), { append: true });
}
