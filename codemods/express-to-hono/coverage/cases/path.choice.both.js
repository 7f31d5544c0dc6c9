/*
shape: path chosen by a constant
requests: [GET /api/notes/7, GET /notes/7, GET /health/, GET /api/health/, POST /api/notes/1]
*/
const express = require('express');

const app = express();
const config = { prefix: process.env.NO_SUCH_PREFIX || '/api' };
const notes = express.Router();
notes.get('/:id', (req, res) => res.json({ id: req.params.id, at: req.baseUrl }));
const health = express.Router();
health.get('/', (req, res) => res.send('well'));
const routes = [
  { path: '/notes', route: notes },
  { path: '/health', route: health, isPlain: true },
];
for (const { path, route, isPlain } of routes) {
  const at = isPlain ? path : config.prefix + path;
  app.use(at, route);
}
app.listen(process.env.PORT);
