import type { Context } from 'hono';
import { append } from 'vary';
import { fieldSoFar } from './kept-head.ts';

/** `res.vary`: adds the field unless it is there. */
export function vary(c: Context, field: string | string[]): void {
  c.header('Vary', append(fieldSoFar(c, 'vary') ?? '', field as string));
}
