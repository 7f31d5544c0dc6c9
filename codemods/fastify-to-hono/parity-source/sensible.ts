// Errors by the names of their statuses, as @fastify/sensible has them.
import assert from 'node:assert';
import createError from 'http-errors';
import type { App, Loose } from './types.ts';

const named = (code: number) => (message?: string) =>
  (createError as Loose)(code, ...(message === undefined ? [] : [message]));

/** `httpErrors.notFound('no such note')`, `httpErrors.getHttpError(404, 'no such note')`. */
export const httpErrors: Loose = {
  HttpError: createError.HttpError,
  getHttpError: (code: number, message?: string) => named(Number(code))(message),
};
for (const [name, Made] of Object.entries(createError as Loose)) {
  if (!/^[A-Z]/.test(name) || name === 'HttpError') continue;
  const { statusCode } = new (Made as Loose)();
  httpErrors[`${name[0]?.toLowerCase()}${name.slice(1)}`] = named(statusCode);
}

export function sensible(app: App, _options: Loose, done: () => void): void {
  app.decorate('httpErrors', httpErrors);
  app.decorate('to', (promise: Promise<unknown>) =>
    promise.then(
      (data) => [null, data],
      (error) => [error, undefined],
    ),
  );
  app.decorate('assert', (value: unknown, code: number, message?: string) =>
    assert(value, named(code)(message)),
  );
  done();
}
Object.assign(sensible, { [Symbol.for('skip-override')]: true });
