/*
shape: 'TypeScript: error classes and an ErrorRequestHandler'
esm: true
requests: [GET /missing, GET /bad, GET /unknown, GET /nowhere]
*/
import express, { type ErrorRequestHandler, type Request, type Response } from 'express';

class HttpError extends Error {
  constructor(
    public readonly status: number,
    message: string,
    public readonly details?: Record<string, string>,
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

const app = express();
app.get('/missing', (_req: Request, _res: Response) => {
  throw new HttpError(404, 'no such note');
});
app.get('/bad', (_req: Request, _res: Response, next) => {
  next(new HttpError(422, 'bad note', { title: 'required' }));
});
app.get('/unknown', () => {
  throw new TypeError('secret');
});

const onError: ErrorRequestHandler = (err, _req, res, _next) => {
  if (err instanceof HttpError) {
    res.status(err.status).json({ message: err.message, details: err.details });
    return;
  }
  res.status(500).json({ message: 'internal' });
};
app.use(onError);
app.listen(process.env.PORT);
