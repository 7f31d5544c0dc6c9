/*
shape: an application that another one mounts, filled as it is mounted
inPlace: true
requests:
  - GET /peers
  - GET /peers/7/id
  - { GET: /peers/7/id, headers: { X-Key: k } }
  - GET /other
*/
const express = require('express');

const routes = ({ greeting }) => {
  const router = express.Router();
  router.get('/', (req, res) => {
    res.send({ name: greeting, at: req.app.mountpath });
  });
  router.get(
    '/:key/id',
    (req, res, next) => (req.get('x-key') ? next() : res.status(403).send('closed')),
    (req, res) => {
      res.contentType('html');
      res.send(`id of ${req.params.key}`);
    },
  );
  return router;
};

function peers(options) {
  const app = express();
  if (options.proxied) app.set('trust proxy', true);
  app.on('mount', () => app.use(options.path, routes(options)));
  return app;
}

const main = express();
main.set('x-powered-by', false);
main.use(peers({ path: '/peers', greeting: 'hello', proxied: true }));
main.listen(process.env.PORT);
