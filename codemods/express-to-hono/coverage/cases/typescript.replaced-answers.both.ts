/*
shape: 'TypeScript: res.json replaced'
requests:
  - GET /notes/1
  - GET /notes/1
  - GET /notes/9
  - GET /log
*/
import express, { type NextFunction, type Request, type Response } from 'express';

interface Line {
  status: number;
  body: unknown;
}

const log: Line[] = [];
const kept = new Map<string, unknown>();

const cached = (seconds: number) => async (req: Request, res: Response, next: NextFunction): Promise<void> => {
  const found = await Promise.resolve(kept.get(req.originalUrl));
  if (found !== undefined && seconds > 0) {
    res.json(found);
    return;
  }
  const originalJson = res.json.bind(res);
  res.json = <T>(body?: T): Response => {
    if (res.statusCode === 200) kept.set(req.originalUrl, body);
    return originalJson(body);
  };
  next();
};

const logged = (req: Request, res: Response, next: NextFunction): void => {
  const send = res.send;
  res.send = function (this: Response, ...args: any[]): Response {
    if (req.path !== '/log') log.push({ status: res.statusCode, body: args[0] });
    return send.apply(this, args as [any]);
  };
  next();
};

const app = express();
let count = 0;
app.use(logged);
app.get('/notes/:id', cached(5), (req: Request, res: Response) => {
  count += 1;
  res.status(req.params.id === '9' ? 404 : 200).json({ id: req.params.id, count });
});
app.get('/log', (_req: Request, res: Response) => {
  res.json(log);
});
app.listen(process.env.PORT);
