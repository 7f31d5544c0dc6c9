import express from 'express';

const app = express();
app.get('/', async (req, res) => {
  const init = { headers: new Headers() };
  const { status } = await fetch('http://127.0.0.1:1');
  res.send({ status, init });
});
export default app;
