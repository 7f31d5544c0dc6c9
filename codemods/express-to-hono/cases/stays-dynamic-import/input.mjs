export async function start() {
  const { default: express } = await import('express');
  const app = express();
  app.get('/a', (req, res) => res.json({}));
  return app;
}
