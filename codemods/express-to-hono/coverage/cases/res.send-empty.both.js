/*
member: res.send
variant: nothing, asked for by a client that has it
requests:
  - { GET: /send, headers: { If-None-Match: '*' } }
  - { GET: /end, headers: { If-None-Match: '*' } }
  - { GET: /tagged, headers: { If-None-Match: '"1"' } }
  - { POST: /send, headers: { If-None-Match: '*' } }
*/
const express = require('express');

const app = express();
app.all('/send', (req, res) => res.send());
app.get('/end', (req, res) => res.end());
app.get('/tagged', (req, res) => {
  res.set('ETag', '"1"').send();
});
app.listen(process.env.PORT);
