import type { Context } from 'hono';
import type { ZodType } from 'zod';
import type { Env } from '../env.ts';
import { fields } from '../http/body.ts';
import { ValidationError } from '../http/errors.ts';

/** @throws {ValidationError} naming every field that is wrong */
export function parse<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ValidationError(
    result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  );
}

/** The body, checked. @throws {ValidationError} */
export const validBody = <T>(c: Context<Env>, schema: ZodType<T>): T => parse(schema, c.get('body') ?? {});

/** The query string, checked. @throws {ValidationError} */
export const validQuery = <T>(c: Context<Env>, schema: ZodType<T>): T =>
  parse(schema, fields(new URL(c.req.url).searchParams));
