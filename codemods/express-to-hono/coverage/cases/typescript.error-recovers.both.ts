/*
shape: 'TypeScript: error handlers that go on with `next()`, by their type and by that of their parameters'
esm: true
requests:
  - { POST: /notes, body: '{bad', headers: { Content-Type: application/json } }
  - { POST: /notes, json: { a: 1 } }
  - GET /notes?fail=1
  - GET /other
*/
import express, { type ErrorRequestHandler, type NextFunction, type Request, type Response } from 'express';

const app = express();
app.use(express.json());
app.use((req: Request, _res: Response, next: NextFunction) => {
  if (req.query.fail) throw new TypeError('asked for');
  next();
});

const badBody: ErrorRequestHandler = (err, _req, res, next) => {
  if (err instanceof SyntaxError) {
    res.set('X-Bad', 'body');
    return next();
  }
  next(err);
};
app.use(badBody);
app.use(async (err: Error, _req: Request, res: Response, next: NextFunction): Promise<void> => {
  if (err instanceof TypeError) {
    res.set('X-Type', await Promise.resolve('yes'));
    next();
    return;
  }
  next(err);
});
app.all('/notes', (req: Request, res: Response) => {
  res.json({ method: req.method, body: req.body ?? null });
});
app.use((_req: Request, res: Response) => {
  res.status(404).json({ message: 'none' });
});
app.listen(process.env.PORT);
