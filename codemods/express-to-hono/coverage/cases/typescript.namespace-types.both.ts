/*
shape: 'TypeScript: types by the express namespace'
requests: [GET /, GET /fails]
*/
import express from 'express';

const app: express.Application = express();
const router: express.Router = express.Router();

function home(req: express.Request, res: express.Response): void {
  res.send('home');
}

router.get('/', home);
router.get('/fails', (_req: express.Request, _res: express.Response, next: express.NextFunction) => {
  next(new Error('failed'));
});
app.use(router);
app.use((err: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => {
  res.status(503).send(err.message);
});
app.listen(process.env.PORT);
