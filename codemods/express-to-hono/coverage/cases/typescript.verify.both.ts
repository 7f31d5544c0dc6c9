/*
shape: verify of a body parser, in TypeScript
requests:
  - { POST: /hook, json: { a: 1 } }
  - { POST: /typed, json: { a: 1 } }
  - POST /hook
*/
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Request, type Response } from 'express';

interface RawRequest extends Request {
  rawBody?: Buffer;
}

const keep = (req: Request, res: Response, buf: Buffer, encoding: string): void => {
  if (buf && buf.length) (req as RawRequest).rawBody = buf;
  (req as any).rawEncoding = encoding;
};
const app = express();
app.use('/hook', express.json({ verify: keep }));
app.use(
  express.json({
    verify: (req: IncomingMessage & { rawBody?: Buffer }, _res: ServerResponse, buf: Buffer) => {
      req.rawBody = buf;
    },
  }),
);
app.post('/hook', (req: RawRequest, res: Response) => {
  res.json({ raw: req.rawBody?.toString('utf8'), encoding: (req as any).rawEncoding, body: req.body });
});
app.post('/typed', (req: RawRequest, res: Response) => {
  res.json({ raw: req.rawBody?.length, body: req.body });
});
app.listen(process.env.PORT);
