export default async function users(app) {
  app.post('/', async () => ({}));
  app.delete('/:id', async () => ({}));
}
