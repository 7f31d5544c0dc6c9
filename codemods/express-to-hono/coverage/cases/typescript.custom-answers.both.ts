/*
shape: 'TypeScript: res.<custom> assigned'
requests:
  - GET /notes/1
  - GET /notes/9
  - GET /list
  - GET /list?none=1
  - GET /rows
*/
import express, { type NextFunction, type Request, type Response } from 'express';

interface Page {
  total: number;
}

declare global {
  namespace Express {
    interface Response {
      success(data: unknown, message?: string): Response;
      /** An answer for what went wrong. */
      fail: (status: number, message: string) => void;
      paged: <T>(rows: T[], page: Page) => Promise<void>;
      listed: <T>(rows: T[]) => Promise<Response>;
    }
  }
}

const answers = (_req: Request, res: Response, next: NextFunction) => {
  res.success = (data: unknown, message = 'ok'): Response => {
    return res.status(200).json({ success: true, message, data });
  };
  res.fail = (status: number, message: string): void => {
    res.status(status).json({ success: false, message });
  };
  res.paged = async function <T>(rows: T[], page: Page): Promise<void> {
    await Promise.resolve();
    res.json({ rows, page });
  };
  res.listed = async (rows) => res.json(rows);
  next();
};

const app = express();
app.use(answers);
app.get('/notes/:id', (req: Request, res: Response) => {
  if (req.params.id === '9') return res.fail(404, 'no such note');
  res.success({ id: req.params.id }, 'found');
});
app.get('/list', async (req: Request, res: Response) => {
  if (req.query.none) {
    res.fail(400, 'none');
    return;
  }
  await res.paged(['a', 'b'], { total: 2 });
});
app.get('/rows', (_req: Request, res: Response) => res.listed([1, 2]));
app.listen(process.env.PORT);
