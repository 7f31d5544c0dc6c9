/*
adversarial: what res.format and res.sendFile hand to next is no business of a catch around them
requests: [{ GET: /tried, headers: { Accept: image/png } }, { GET: /tried, headers: { Accept: text/html } }, { GET: /awaited, headers: { Accept: image/png } }, GET /file, GET /file?name=package.json]
*/
const express = require('express');

const app = express();
const load = async () => ({ key: 'a' });
app.get('/tried', (req, res) => {
  try {
    res.format({ html: () => res.send('<p>a</p>') });
  } catch (err) {
    res.status(201).json('caught');
  }
});
app.get('/awaited', async (req, res) => {
  try {
    const row = await load();
    res.format({ html: () => res.send(`<p>${row.key}</p>`) });
  } catch (err) {
    res.status(201).json('caught');
  }
});
app.get('/file', (req, res) => {
  load()
    .then(() => res.sendFile(req.query.name || 'none.txt', { root: '.' }))
    .catch(() => res.status(201).json('caught'));
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json('handled');
});
app.listen(process.env.PORT);
