/*
member: app.set
variant: which proxies are trusted is set under conditions
requests:
  - { GET: /, headers: { X-Forwarded-For: '1.2.3.4, 5.6.7.8', X-Forwarded-Proto: https } }
  - { GET: /elsewhere, headers: { X-Forwarded-For: '1.2.3.4, 5.6.7.8' } }
*/
const express = require('express');

const app = express();
app.enable('trust proxy');
if (process.env.PORT) app.set('trust proxy', ['loopback', '5.6.7.8'].join(', '));
if (process.env.NO_PROXY_AT_ALL) {
  app.disable('trust proxy');
}
const router = express.Router();
router.get('/', (req, res) => {
  res.json({ ip: req.ip, ips: req.ips });
});
app.get('/', (req, res) => {
  res.json({ ip: req.ip, secure: req.secure });
});
app.use('/elsewhere', router);
app.listen(process.env.PORT);
