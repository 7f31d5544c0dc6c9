/*
package: morgan
variant: formats
packages: [morgan]
mask: ['\d+\.\d{3} ms', '\d+\.\d ms', '\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d', '\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d', '\d{4}-\d\d-\d\dT[\d:.]+Z', '127\.0\.0\.1|::1|::ffff:127\.0\.0\.1', '(?<=content-length: )\d+', '(?<=etag: ).*']
requests:
  - { GET: /a?b=1, headers: { Referer: 'http://r/', User-Agent: 'one "two"', Authorization: Basic YTpi } }
  - GET /missing
  - { POST: /a%20b, json: { a: 1 } }
  - GET /fails
  - GET /moved
  - HEAD /a
  - GET /lines
*/
// The format `dev` has colours.
delete process.env.NO_COLOR;
const express = require('express');
const morgan = require('morgan');

const app = express();
const lines = [];
// How long an answer is, is no part of these lines: not every server announces it.
const stream = { write: (line) => lines.push(line.replace(/- (\d+|-)(\x1b.*)?\n/, '- n$2\n')) };
app.use(morgan('dev', { stream }));
app.use(morgan(':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status ":referrer" ":user-agent"', { stream }));
app.use(morgan(':date :date[iso] :date[web] :response-time ms :total-time[1] ms :req[x-none] :res[x-set]', { stream }));
app.use(morgan(':method :url :status :req[authorization]', { stream, immediate: true }));
app.get('/a', (req, res) => res.set('X-Set', 'yes').json({ a: 1 }));
app.get('/moved', (req, res) => res.redirect('/a'));
app.get('/fails', () => {
  throw new Error('no');
});
// Several logs of one application are written in another order; their times are no order.
const named = (line) => line.replace(/\d+/g, '');
app.get('/lines', (req, res) => res.json([...lines].sort((a, b) => (named(a) < named(b) ? -1 : 1))));
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
