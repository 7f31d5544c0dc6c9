import express from 'express';
import { expressjwt } from 'express-jwt';

const tokenOf = (req: express.Request): string | undefined => req.headers.authorization?.split(' ')[1];

const app = express();
app.use(expressjwt({ secret: 's', algorithms: ['HS256'], getToken: tokenOf }));
app.get('/me', (req: express.Request, res: express.Response) => {
  res.json({ me: req.query.name });
});

export default app;
