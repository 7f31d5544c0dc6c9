import type { Request, Response } from 'express';

export function list(_req: Request, res: Response) {
  res.json([]);
}
