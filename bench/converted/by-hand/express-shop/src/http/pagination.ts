import type { Context } from 'hono';

export interface Page {
  page: number;
  pageSize: number;
}

/** Cuts one page out of `items` and says in the headers where the others are (RFC 8288). */
export function paginate<T>(c: Context, items: T[], { page, pageSize }: Page): T[] {
  const last = Math.max(1, Math.ceil(items.length / pageSize));
  const { pathname, searchParams: query } = new URL(c.req.url);
  const to = (target: number) => {
    query.set('page', String(target));
    return `${pathname}?${query}`;
  };

  c.header('X-Total-Count', String(items.length));
  const links = [`<${to(1)}>; rel="first"`, `<${to(last)}>; rel="last"`];
  if (page > 1) links.push(`<${to(page - 1)}>; rel="prev"`);
  if (page < last) links.push(`<${to(page + 1)}>; rel="next"`);
  c.header('Link', links.join(', '));
  return items.slice((page - 1) * pageSize, page * pageSize);
}
