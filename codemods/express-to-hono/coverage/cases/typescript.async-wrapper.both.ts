/*
shape: 'TypeScript: async wrapper'
requests: [GET /works, GET /fails]
*/
import express, { NextFunction, Request, RequestHandler, Response } from 'express';

type AsyncHandler = (req: Request, res: Response, next: NextFunction) => Promise<unknown>;

const asyncHandler =
  (fn: AsyncHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(fn(req, res, next)).catch(next);
  };

const app = express();
app.get(
  '/works',
  asyncHandler(async (req, res) => {
    const value = await Promise.resolve(5);
    res.json({ value });
  }),
);
app.get(
  '/fails',
  asyncHandler(async () => {
    throw new Error('broken');
  }),
);
app.use((err: Error, req: Request, res: Response, next: NextFunction) => {
  res.status(500).json({ message: err.message });
});
app.listen(process.env.PORT);
