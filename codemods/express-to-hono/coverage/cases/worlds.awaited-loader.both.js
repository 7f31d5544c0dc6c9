/*
shape: loaders that are handed the application inside an object, and awaited before it listens
requests: [GET /status, POST /orders, GET /kept, GET /orders/1, GET /none]
*/
const express = require('express');

const connect = async () => ({ find: async (id) => ({ id }) });

const loadRoutes = ({ app, orders }) => {
  app.get('/status', (req, res) => {
    res.status(200).json('up');
  });
  app.use((req, res, next) => {
    res.set('X-Seen', req.method);
    next();
  });
  app.use(express.json());
  app.get('/orders/:id', async (req, res) => {
    res.json(await orders.find(req.params.id));
  });
  app.get('/kept', (req, res) => {
    const held = { res };
    held.res.json({ kept: true });
  });
};

const load = async ({ expressApp }) => {
  const orders = await connect();
  await loadRoutes({ app: expressApp, orders });
};

async function start() {
  const app = express();
  await load({ expressApp: app });
  app.listen(process.env.PORT);
}

start();
