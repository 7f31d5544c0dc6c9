/*
member: res.format
variant: arrows and a default
requests: [{ GET: /, headers: { Accept: text/html } }, { GET: /, headers: { Accept: image/png } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.format({
    'text/html': () => res.send('<p>hey</p>'),
    default: () => res.status(406).send('no'),
  });
});
app.listen(process.env.PORT);
