/*
shape: 'TypeScript: res.locals with types'
requests: [GET /, { GET: /, headers: { X-Name: bert } }]
*/
import express, { NextFunction, Request, Response } from 'express';

interface Locals {
  visitor: string;
  started: number;
}

const app = express();
app.use((req: Request, res: Response<unknown, Locals>, next: NextFunction) => {
  res.locals.visitor = req.get('X-Name') ?? 'nobody';
  res.locals.started = 5;
  next();
});
app.get('/', (req: Request, res: Response<{ visitor: string; twice: number }, Locals>) => {
  const { visitor } = res.locals;
  res.json({ visitor, twice: res.locals.started * 2 });
});
app.listen(process.env.PORT);
