/*
adversarial: what res.format hands to next is no business of the catch of its chain
requests: [{ GET: /, headers: { Accept: image/png } }, { GET: /, headers: { Accept: text/html } }]
*/
const express = require('express');

const app = express();
const load = async () => ({ key: 'a' });
app.get('/', (req, res) => {
  load()
    .then((row) => {
      res.format({ html: () => res.send(`<p>${row.key}</p>`) });
    })
    .catch(() => res.status(201).json('caught'));
});
app.listen(process.env.PORT);
