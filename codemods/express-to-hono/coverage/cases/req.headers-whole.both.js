/*
member: req.headers
variant: answered as a whole, in the order in which they were sent
requests: [{ GET: /, headers: { X-Z: '1', Accept: 'text/plain', X-A: '2' } }, { GET: /own, headers: { X-Z: '1', X-A: '2' } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const sent = { ...req.headers };
  res.json({ host: typeof sent.host, names: Object.keys(sent).filter((name) => /^x-[az]$/.test(name)) });
});
app.get('/own', (req, res) => {
  const { headers } = req;
  const own = Object.entries(headers).filter(([name]) => /^x-[az]$/.test(name));
  res.json({ own: Object.fromEntries(own) });
});
app.listen(process.env.PORT);
