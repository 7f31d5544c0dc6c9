module.exports = {
  server: { port: process.env.PORT ?? 3000 },
  register: { plugins: [{ plugin: './lib', routes: { prefix: '/api' } }] },
};
