/*
shape: routes that a function of the application registers, each at a path that it is handed
requests: [GET /notes, GET /notes/, GET /notes/1, GET /notes/2, GET /notes/1/2, GET /teams/red/notes/1, GET /stats/count, GET /stats/size, GET /stats, HEAD /notes, POST /notes]
*/
const express = require('express');

const app = express();
app.use(express.json());

const notes = new Map([['1', 'first']]);

get('/notes', () => [...notes.keys()]);
get('/notes/:id', (req) => notes.get(req.params.id) ?? null);
get('/teams/:team/notes/:id', (req) => req.params);

const stats = [
  { name: 'count', path: '/stats/count' },
  { name: 'size', path: '/stats/size' },
];
for (const { name, path } of stats) app.get(path, (req, res) => res.json({ [name]: notes.size }));

function get(path, handler) {
  app.get(path, async (req, res) => {
    try {
      res.json({ data: await handler(req) });
    } catch (error) {
      res.status(500).json({ error: error.message });
    }
  });
}

app.listen(process.env.PORT);
