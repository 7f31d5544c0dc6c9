module.exports = (router, adapt) => {
  router.get('/users', adapt(async () => ({ status: 200, body: ['ada'] })));
};
