import type { Context } from 'hono';

/** `res.links`: adds to the Link header. */
export function links(c: Context, targets: Record<string, string | string[]>): void {
  const added = Object.entries(targets).flatMap(([rel, target]) =>
    [target].flat().map((each) => `<${each}>; rel="${rel}"`),
  );
  c.header('Link', added.join(', '), { append: true });
}
