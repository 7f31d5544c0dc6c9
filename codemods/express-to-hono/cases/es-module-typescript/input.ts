import express, { type NextFunction, type Request, type Response, Router } from 'express';

const router = Router();

export function timed(req: Request, res: Response, next: NextFunction): void {
  res.locals.start = Date.now();
  next();
}

router.get('/:id', timed, async (req: Request<{ id: string }>, res: Response): Promise<void> => {
  const id: string = req.params.id;
  res.status(id.length).json({ id, start: res.locals.start });
});

export const app = express();
app.use('/things', router);
