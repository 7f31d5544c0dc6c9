/*
member: app.set
variant: under a condition
requests: [{ GET: /, headers: { X-Forwarded-For: 1.2.3.4 } }]
*/
const express = require('express');

const app = express();
if (process.env.BEHIND_PROXY) {
  app.set('trust proxy', 1);
}
app.get('/', (req, res) => {
  res.json({ ip: req.ip.includes('1.2.3.4') });
});
app.listen(process.env.PORT);
