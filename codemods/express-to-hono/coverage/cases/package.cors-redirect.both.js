/*
package: cors
variant: redirects, with other fields of Vary and without
packages: [cors]
requests:
  - { GET: /moved, headers: { Origin: 'https://a.example' } }
  - { GET: /moved, headers: { Origin: 'https://other.example' } }
  - GET /moved
  - { HEAD: /moved, headers: { Origin: 'https://a.example' } }
  - { GET: /for-good, headers: { Origin: 'https://a.example', Accept: text/html } }
  - { GET: /flagged, headers: { Origin: 'https://a.example' } }
  - { GET: /stays, headers: { Origin: 'https://a.example' } }
*/
const cors = require('cors');
const express = require('express');

const app = express();
app.use(cors({ origin: ['https://a.example', 'https://b.example'] }));
app.get('/moved', (req, res) => {
  res.redirect('/stays');
});
app.get('/for-good', (req, res) => {
  res.redirect(301, 'https://elsewhere.example/');
});
app.get('/flagged', (req, res) => {
  res.vary('X-Flag');
  res.redirect('/stays');
});
app.get('/stays', (req, res) => {
  res.json({ stays: true });
});
app.listen(process.env.PORT);
