export default async function unused(app) {
  app.get('/unused', async () => 'ok');
}
