/*
package: express-prom-bundle
packages: [express-prom-bundle, prom-client]
mask: ['(_sum|_bucket)[^\n]*', 'quantile[^\n]*']
requests:
  - GET /
  - { POST: /made, json: { a: 1 } }
  - GET /items/7
  - GET /items/8
  - GET /skipped
  - GET /fails
  - GET /nowhere
  - GET /numbers
*/
const express = require('express');
const { Registry } = require('prom-client');
const prom = require('express-prom-bundle');

const app = express();
app.use(
  prom({
    metricsPath: '/numbers',
    promRegistry: new Registry(),
    metricType: 'summary',
    includeMethod: true,
    includePath: true,
    excludeRoutes: ['/skipped'],
    customLabels: { part: 'own' },
    transformLabels: (labels, req) => {
      labels.part = req.method === 'POST' ? 'written' : 'read';
    },
  }),
);
app.use(express.json());
app.get('/', (req, res) => res.send('x'));
app.post('/made', (req, res) => res.status(201).json(req.body));
app.get('/items/:id', (req, res) => res.json({ id: req.params.id }));
app.get('/skipped', (req, res) => res.send('skipped'));
app.get('/fails', () => {
  throw new Error('as it should');
});
app.listen(process.env.PORT);
