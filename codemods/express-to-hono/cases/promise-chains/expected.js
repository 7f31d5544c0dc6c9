const { Hono } = require('hono');
const { conditionalGet, nestedQuery } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

const repo = require('./repo');

app.get('/a', (c) => {
  return repo.all().then((rows) => c.json(rows));
});

app.get('/b', (c) => {
  return repo
    .find(nestedQuery(c).id)
    .then((row) => {
      if (!row) return c.json({ error: 'none' }, 404);
      return c.json(row);
    })
    .catch((err) => c.json({ error: err.message }, 500));
});

module.exports = app;
