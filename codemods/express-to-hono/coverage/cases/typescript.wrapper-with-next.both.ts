/*
shape: 'TypeScript: a wrapper with a written function type, around middleware too'
esm: true
requests: [GET /, { GET: /, headers: { X-Stop: '1' } }, GET /fails]
*/
import express, { type NextFunction, type Request, type Response } from 'express';

const wrap =
  (fn: (req: Request, res: Response, next: NextFunction) => Promise<void>) =>
  (req: Request, res: Response, next: NextFunction) => {
    fn(req, res, next).catch(next);
  };

const app = express();
app.use(
  wrap(async (req: Request, res: Response, next: NextFunction) => {
    if (req.get('X-Stop')) {
      res.status(403).send('stopped');
      return;
    }
    next();
  }),
);
app.get(
  '/',
  wrap(async (req: Request, res: Response) => {
    res.json({ ok: true });
  }),
);
app.get(
  '/fails',
  wrap(async () => {
    throw new Error('broken');
  }),
);
app.listen(process.env.PORT);
