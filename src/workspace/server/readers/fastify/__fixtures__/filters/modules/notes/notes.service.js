export default async function service(app) {
  app.get('/not-loaded', async () => ({}));
}
