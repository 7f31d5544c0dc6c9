/*
shape: 'TypeScript: handlers that nothing registers, beside those that are'
requests: [GET /notes, GET /notes/none]
*/
import express, { NextFunction, Request, RequestHandler, Response } from 'express';

const success = (res: Response, data: unknown) => res.status(200).json({ data });

export const list: RequestHandler = async (req, res, next) => {
  try {
    const found = await Promise.resolve(req.query.q ?? 'all');
    success(res, found);
  } catch (error) {
    next(error);
  }
};
export const views: RequestHandler = async (req, res, next) => {
  try {
    const found = await Promise.resolve(req.params.id);
    success(res, found);
  } catch (error) {
    next(error);
  }
};
const app = express();
app.get('/notes', list);
app.use((err: Error, req: Request, res: Response, next: NextFunction) => {
  res.status(500).json({ message: err.message });
});
app.listen(process.env.PORT);
