/*
member: app.listen
variant: a port of the environment, with types
requests: [GET /]
*/
import express, { Request, Response } from 'express';

const app = express();
const PORT = process.env.PORT || 3000;
const host: string = '127.0.0.1';
app.get('/', (req: Request, res: Response) => {
  res.send('up');
});
const server = app.listen(PORT, () => {
  console.log(`listens on ${PORT}, not on ${host}`);
});
server.keepAliveTimeout = 5000;
