import express from 'express';

export function createApp({ greeting }) {
  const app = express();
  app.get('/', (req, res) => res.send(greeting));
  return app;
}
