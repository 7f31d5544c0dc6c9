import type { NextFunction, Request, Response } from 'express';

declare module 'express-serve-static-core' {
  interface Request {
    tenant?: string;
  }
}

export function tenant(req: Request, res: Response, next: NextFunction) {
  req.tenant = req.get('x-tenant');
  next();
}
