/*
shape: 'TypeScript: a helper that answers, by a generic interface'
requests: [GET /ok, GET /bad]
*/
import express, { Request, Response } from 'express';

interface ApiResponse<T> {
  success: boolean;
  data?: T;
  error?: string;
}

function sendOk<T>(res: Response<ApiResponse<T>>, data: T, status = 200): Response {
  return res.status(status).json({ success: true, data });
}

const sendError = (res: Response, error: string, status: number): void => {
  res.status(status).json({ success: false, error } satisfies ApiResponse<never>);
};

const app = express();
app.get('/ok', (req: Request, res: Response) => {
  sendOk(res, { id: 1 });
});
app.get('/bad', (req: Request, res: Response) => sendError(res, 'bad', 400));
app.listen(process.env.PORT);
