export default async function notes(app) {
  app.get('/', async () => []);
  app.get('/:id', async () => ({}));
}
