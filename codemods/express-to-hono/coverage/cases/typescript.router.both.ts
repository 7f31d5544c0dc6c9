/*
shape: 'TypeScript: a typed Router'
requests: [GET /api/users, GET /api/users/3, DELETE /api/users/3]
*/
import express, { Application, Request, Response, Router } from 'express';

const router: Router = Router();
router.get('/', (req: Request, res: Response) => {
  res.json([]);
});
router
  .route('/:userId')
  .get((req: Request<{ userId: string }>, res: Response) => {
    res.json({ id: Number.parseInt(req.params.userId, 10) });
  })
  .delete((req: Request<{ userId: string }>, res: Response) => {
    res.status(204).send();
  });

const app: Application = express();
app.use('/api/users', router);
app.listen(process.env.PORT);
