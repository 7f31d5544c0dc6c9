/*
shape: requests that are cast where they are used, and middleware of packages that is cast where it is registered
packages: [express-rate-limit, helmet]
requests:
  - GET /me
  - { GET: /me, headers: { Authorization: ann } }
  - { GET: /you?id=4, headers: { Authorization: bob } }
  - { POST: /files, headers: { Authorization: ann }, json: { plain: true } }
  - GET /fails
*/
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';

interface AuthRequest extends Request {
  user?: { name: string };
}

const app = express();
app.use(helmet() as RequestHandler);
app.use(express.json());
const limited = rateLimit({ windowMs: 60000, limit: 100, legacyHeaders: false, keyGenerator: (req) => (req as AuthRequest).user?.name ?? 'none' });

function authenticate(req: Request, res: Response, next: NextFunction): void {
  const authReq = req as AuthRequest;
  if (!req.headers.authorization) {
    res.status(401).json({ error: 'who?' });
    return;
  }
  authReq.user = { name: req.headers.authorization };
  next();
}

app.get('/me', authenticate, async (req: Request, res: Response): Promise<void> => {
  const authReq = req as AuthRequest;
  if (!authReq.user) {
    res.status(401).json({ error: 'none' });
    return;
  }
  res.json({ name: authReq.user.name });
});

app.get('/you', authenticate, (req, res) => {
  const { user } = req as AuthRequest;
  const { id } = (req as unknown as AuthRequest).query;
  res.json({ user, id });
});

app.post('/files', authenticate, limited as unknown as RequestHandler, (req: Request, res: Response) => {
  const given = req as Request & { files?: Record<string, unknown> | null };
  res.json({ files: Object.keys(given.files ?? {}), body: req.body });
});

app.get('/fails', (_req: Request, _res: Response, next: NextFunction) => {
  next(new Error('failed'));
});

app.use((err: Error, _req: Request, res: Response, _next: NextFunction) => {
  void _next;
  res.status(500).json({ error: err.message });
});

app.listen(process.env.PORT);
