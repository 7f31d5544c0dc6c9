/*
shape: 'TypeScript: error handlers under a condition, of a router, and behind a parser'
esm: true
requests:
  - GET /fails
  - GET /api/fails?x=1
  - GET /api/pass
  - { POST: /api/echo, json: { a: 1 } }
  - { POST: /api/echo, body: '{"a":', headers: { Content-Type: application/json } }
*/
import express, { type NextFunction, type Request, type Response, Router } from 'express';

interface Failure extends Error {
  status?: number;
}

const app = express();
const api = Router();
const onBody = (err: Failure, req: Request, res: Response, next: NextFunction) => {
  if (err.status === 400) return res.status(422).json({ at: req.url });
  return next(err);
};
api.use(express.json());
api.use(onBody);
api.post('/echo', (req: Request, res: Response) => {
  res.json(req.body);
});
api.get('/fails', () => {
  throw new Error('fails');
});
api.get('/pass', (req: Request, res: Response, next: NextFunction) => {
  next(Object.assign(new Error('pass'), { status: 409 }));
});
api.use((err: Failure, req: Request, res: Response, next: NextFunction) => {
  if (err.message === 'pass') return next(err);
  res.status(500).json({ by: 'api', url: req.url, base: req.baseUrl });
});
app.use('/api', api);
app.get('/fails', () => {
  throw new Error('fails');
});
if (process.env.NODE_ENV !== 'production') {
  app.use((err: Failure, req: Request, res: Response, next: NextFunction) => {
    res.set('X-Development', err.message);
    next(err);
  });
}
app.use((err: Failure, req: Request, res: Response, next: NextFunction) => {
  res.status(err.status ?? 500).json({ by: 'app', message: err.message });
});
app.listen(process.env.PORT);
