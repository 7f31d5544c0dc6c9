import type { Context } from 'hono';
import { append } from 'vary';

/** `res.vary`: adds the field unless it is there. */
export function vary(c: Context, field: string | string[]): void {
  c.header('Vary', append(c.body(null).headers.get('Vary') ?? '', field as string));
}
