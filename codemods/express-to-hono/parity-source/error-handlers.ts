import type { Context, ErrorHandler } from 'hono';
import type { RouterRoute } from 'hono/types';
import { errorPage } from './error-page.ts';
import { failedRoute, leaveRoutes, rejection } from './running-route.ts';

const errorHandlers = new WeakMap<object, { handler: ErrorHandler; position: number }[]>();

/** Adds an error handler that gets what fails in routes registered before it, and what earlier error handlers throw. */
export function addErrorHandler(
  app: { routes: RouterRoute[]; onError(handler: ErrorHandler): unknown },
  handler: ErrorHandler,
): void {
  const handlers = errorHandlers.get(app) ?? [];
  handlers.push({ handler, position: app.routes.length });
  errorHandlers.set(app, handlers);
  app.onError(async (error: unknown, c: Context) => {
    const place = app.routes.indexOf(failedRoute(c) as RouterRoute);
    let failed = error;
    for (const each of handlers.filter(({ position }) => place < position)) {
      leaveRoutes(c);
      try {
        return await each.handler(failed as Error, c);
      } catch (passedOn) {
        failed = rejection(passedOn);
      }
    }
    return errorPage(failed as Error, c);
  });
}
