import type { NextFunction, Request, Response } from 'express';

export class NotFound extends Error {
  readonly status = 404;
}

export function onError(err: Error, req: Request, res: Response, next: NextFunction) {
  const status = err instanceof NotFound ? err.status : 500;
  res.status(status).json({ error: err.message });
}
