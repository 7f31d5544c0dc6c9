import express from 'express';
import morgan from 'morgan';
import { readFileSync } from 'node:fs';
import { countVisit, limits, stock } from './state.js';

const app = express();
const started = Date.now();
const page = readFileSync('page.html', 'utf8');
const seen = new Set();
let visits = 0;

app.get('/first/:id', (req, res) => res.json({ id: req.params.id }));
app.get('/first/one', (req, res) => res.send('one'));
app.post('/form', (req, res) => res.send('thanks'));
app.get('/visits', (req, res) => {
  visits += 1;
  res.json({ visits });
});
app.get('/seen/:who', (req, res) => {
  seen.add(req.params.who);
  res.json([...seen]);
});
app.get('/stock', (req, res) => res.json(stock));
app.get('/limits', (req, res) => res.json(limits));
app.get('/counted', (req, res) => {
  countVisit();
  res.send('counted');
});
app.get('/page', (req, res) => res.send(page));
app.get('/started', (req, res) => res.json({ started }));
app.get('/file', (req, res) => res.sendFile('/srv/file.txt'));
app.get('/env', (req, res) => res.send(process.env.NAME));
app.get('/who', (req, res) => res.send(req.ip));
app.get('/session', (req, res) => res.json(req.session));
app.get('/any', (req, res) => res.send(req[req.query.name]));
app.get('/asked', async (req, res) => res.json(await (await fetch('http://other')).json()));

app.use(morgan('tiny'));
app.get('/logged', (req, res) => res.send('logged'));

app.put('/stock/:id', (req, res) => {
  const item = stock.find((each) => each.id === req.params.id);
  item.left = 0;
  res.sendStatus(204);
});
app.get(/^\/pattern/, (req, res) => res.send('pattern'));

export default app;
