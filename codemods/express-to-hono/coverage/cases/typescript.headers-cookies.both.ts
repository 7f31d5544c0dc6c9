/*
shape: 'TypeScript: headers, cookies and redirects'
requests: [GET /headers, GET /cookie, GET /old, GET /type, { GET: /headers, headers: { Accept-Language: de } }]
*/
import express, { CookieOptions, Request, Response } from 'express';

const options: CookieOptions = { httpOnly: true, path: '/', sameSite: 'lax' };

const app = express();
app.get('/headers', (req: Request, res: Response) => {
  const language: string | undefined = req.header('Accept-Language');
  res.set('X-Language', language ?? 'none').setHeader('X-Two', ['a', 'b']);
  res.send(`from ${req.hostname}`);
});
app.get('/cookie', (req: Request, res: Response) => {
  res.cookie('name', 'value', options).clearCookie('old').send('set');
});
app.get('/old', (req: Request, res: Response) => {
  res.redirect(301, '/new');
});
app.get('/type', (req: Request, res: Response) => {
  res.type('text/plain').end('plain');
});
app.listen(process.env.PORT);
