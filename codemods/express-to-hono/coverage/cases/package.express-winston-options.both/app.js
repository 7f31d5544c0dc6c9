/*
package: express-winston
variant: loggers of another file, with options, one of them below a mount
packages: [express-winston, winston]
requests:
  - GET /
  - GET /quiet
  - { POST: /api/made?a=1&a=2&b=%20, body: '{"a":1}', type: application/json, headers: { X-Secret: word } }
  - GET /api/teapot
  - GET /api/broken
  - GET /api/missing
  - HEAD /api/teapot
  - GET /missing
  - GET /lines
*/
const express = require('express');
const { answers, api, plain, lines } = require('./log.js');

const app = express();
app.use(answers, plain);
app.use(express.json());
app.get('/', (req, res) => {
  res.json('a');
});
app.get('/quiet', (req, res) => {
  res.send('quiet');
});
const router = express.Router();
router.use(api);
router.post('/made', (req, res) => {
  res.status(201).json(req.body);
});
router.get('/teapot', (req, res) => {
  res.status(418).send('short and stout');
});
router.get('/broken', () => {
  throw new Error('broken');
});
app.use('/api', router);
app.get('/lines', (req, res) => {
  res.json(lines);
});
app.use((err, req, res, next) => {
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
