/*
shape: 'TypeScript: helpers that answer, or give a value, and say so by their types'
requests:
  - GET /me
  - { GET: /me, headers: { X-Token: a } }
  - GET /files/1
  - GET /files/2
  - { GET: /admin, headers: { X-Token: a } }
  - { GET: /admin, headers: { X-Token: b } }
*/
import express, { Request, Response } from 'express';

interface Session {
  user: string;
}

const SESSIONS: Record<string, Session> = { a: { user: 'ann' }, b: { user: 'bob' } };

function sessionOf(req: Request, res: Response): Session | null {
  const session = SESSIONS[req.get('x-token') ?? ''];
  if (!session) {
    res.status(401).json({ reason: 'token-not-found' });
    return null;
  }
  return session;
}

async function fileOf(id: string, res: Response): Promise<{ name: string } | undefined> {
  const name = await Promise.resolve(id === '1' ? 'one' : undefined);
  if (!name) {
    res.status(404).json({ missing: id });
    return;
  }
  return { name };
}

const isAdmin = async (req: Request, res: Response): Promise<boolean> => {
  if (req.get('x-token') !== 'b') {
    res.sendStatus(403);
    return false;
  }
  return true;
};

const app = express();
app.get('/me', (req: Request, res: Response) => {
  const session = sessionOf(req, res);
  if (!session) return;
  res.json({ me: session.user });
});
app.get('/files/:id', async (req: Request, res: Response) => {
  const file = await fileOf(String(req.params.id), res);
  if (!file) return;
  res.send(file.name);
});
app.get('/admin', async (req: Request, res: Response) => {
  if (!(await isAdmin(req, res))) return;
  res.send('in');
});
app.listen(process.env.PORT);
