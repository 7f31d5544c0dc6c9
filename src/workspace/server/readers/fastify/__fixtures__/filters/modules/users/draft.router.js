export default async function draft(app) {
  app.get('/draft', async () => ({}));
}
