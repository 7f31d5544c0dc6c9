/*
package: cors
variant: preflights of every option
packages: [cors]
requests:
  - { OPTIONS: /any, headers: { Origin: http://a, Access-Control-Request-Method: PUT } }
  - { OPTIONS: /any, headers: { Origin: http://a, Access-Control-Request-Method: PUT, Access-Control-Request-Headers: 'x-a, x-b' } }
  - OPTIONS /any
  - { GET: /any, headers: { Origin: http://a } }
  - { OPTIONS: /fixed, headers: { Origin: http://a, Access-Control-Request-Method: PUT, Access-Control-Request-Headers: x-a } }
  - { OPTIONS: /fixed, headers: { Origin: http://b, Access-Control-Request-Method: PUT } }
  - { GET: /fixed, headers: { Origin: http://b } }
  - GET /fixed
  - { OPTIONS: /list, headers: { Origin: http://b, Access-Control-Request-Method: PUT } }
  - { OPTIONS: /list, headers: { Origin: http://no, Access-Control-Request-Method: PUT } }
  - { GET: /list, headers: { Origin: https://x.example.org } }
  - { GET: /list, headers: { Origin: http://no } }
  - GET /list
  - { OPTIONS: /reflect, headers: { Origin: http://any, Access-Control-Request-Method: DELETE } }
  - { GET: /reflect, headers: { Origin: http://any } }
  - GET /reflect
  - { OPTIONS: /off, headers: { Origin: http://any, Access-Control-Request-Method: DELETE } }
  - { GET: /off, headers: { Origin: http://any } }
  - { OPTIONS: /unset, headers: { Origin: http://any, Access-Control-Request-Method: DELETE } }
  - { GET: /unset, headers: { Origin: http://any } }
  - { OPTIONS: /asked, headers: { Origin: http://yes, Access-Control-Request-Method: PUT } }
  - { OPTIONS: /asked, headers: { Origin: http://no, Access-Control-Request-Method: PUT } }
  - { GET: /asked, headers: { Origin: http://yes } }
  - { GET: /asked, headers: { Origin: http://no } }
  - { GET: /asked, headers: { Origin: http://never } }
  - GET /asked
  - { OPTIONS: /status, headers: { Origin: http://a, Access-Control-Request-Method: PUT, Access-Control-Request-Headers: x-a } }
  - { GET: /status, headers: { Origin: http://a } }
  - { OPTIONS: /on, headers: { Origin: http://a, Access-Control-Request-Method: PUT } }
  - { POST: /on, headers: { Origin: http://a } }
  - { GET: /one, headers: { Origin: http://a } }
  - { OPTIONS: /one, headers: { Origin: http://a, Access-Control-Request-Method: GET } }
  - { GET: /varied, headers: { Origin: http://a } }
  - { GET: /fails, headers: { Origin: http://a } }
  - { HEAD: /fixed, headers: { Origin: http://b } }
*/
const express = require('express');

const app = express();
const cors = require('cors');
const listed = { origin: ['http://a', 'http://b', /\.example\.org$/], credentials: true, exposedHeaders: ['X-A', 'X-B'], maxAge: 60 };
app.use('/any', cors());
app.use('/fixed', cors({ origin: 'http://a', allowedHeaders: ['X-A', 'X-B'], methods: ['GET', 'PUT'] }));
app.use('/list', cors(listed));
app.use('/reflect', cors({ origin: true, credentials: true }));
app.use('/off', cors({ origin: false }));
app.use('/unset', cors({ origin: process.env.NO_SUCH_ORIGIN }));
app.use(
  '/asked',
  cors({
    origin: (origin, done) => {
      if (origin === 'http://never') return done(new Error('Not allowed by CORS'));
      setImmediate(() => done(null, origin === 'http://yes'));
    },
    credentials: true,
  }),
);
const legacy = cors({ optionsSuccessStatus: 200, maxAge: 0, allowedHeaders: 'X-Only', methods: 'GET', exposedHeaders: 'X-C' });
app.use('/status', legacy);
app.use('/on', cors({ preflightContinue: true, origin: '*', credentials: true }));
app.options('/on', (req, res) => res.status(201).send('own'));
app.post('/on', (req, res) => res.send('on'));
app.options('/one', cors({ origin: 'http://a' }));
app.get('/one', cors({ origin: 'http://a' }), (req, res) => res.json({ one: true }));
app.get('/varied', cors({ origin: 'http://a' }), (req, res) => {
  res.set('Vary', 'Accept');
  res.send('varied');
});
app.use('/fails', cors({ origin: 'http://a' }));
app.get('/fails', () => {
  throw new Error('no');
});
for (const path of ['/any', '/fixed', '/list', '/reflect', '/off', '/unset', '/asked', '/status'])
  app.get(path, (req, res) => res.json({ path: req.path }));
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
