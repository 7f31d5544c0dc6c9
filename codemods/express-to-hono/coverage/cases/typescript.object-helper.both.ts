/*
shape: 'TypeScript: helpers that take the request or response out of a typed object'
requests: [GET /users, GET /fails, GET /users/7, GET /users/0, GET /named]
*/
import express, { Request, Response } from 'express';

interface Reply<T> {
  promise: Promise<T>;
  message: string | null;
  res: Response;
  statusCode?: number;
}

interface Failure {
  res: Response;
  message: string;
}

async function answer<T>({ promise, message, res, statusCode = 200 }: Reply<T>) {
  try {
    const data = await promise;
    return res.status(statusCode).json({ message, data });
  } catch (error) {
    return res.status(500).json({ message: error instanceof Error ? error.message : 'unknown' });
  }
}
const notFound = ({ res, message }: Failure) => res.status(404).json({ message });
const show = ({ req, res, names }: { req: Request<{ id: string }>; res: Response; names: Record<string, string> }) => {
  const name = names[req.params.id];
  if (name === undefined) return notFound({ res, message: 'none' });
  return res.json({ name });
};
const nameOf = ({ req, fallback }: { req: Request; fallback: string }): string => String(req.query.name ?? fallback);

const app = express();
app.get('/users', async (req: Request, res: Response) => {
  await answer({ promise: Promise.resolve(['ada']), message: null, res });
});
app.get('/fails', async (req: Request, res: Response) =>
  answer({ res, promise: Promise.reject<string[]>(new Error('broken')), message: 'never' }),
);
app.get('/users/:id', (req: Request<{ id: string }>, res: Response) => show({ req, res, names: { 7: 'Ada' } }));
app.get('/named', (req: Request, res: Response) => {
  res.send(nameOf({ req, fallback: 'nobody' }));
});
app.listen(process.env.PORT);
