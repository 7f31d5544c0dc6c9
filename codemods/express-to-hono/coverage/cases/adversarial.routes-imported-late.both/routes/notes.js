module.exports = (router, adapt) => {
  router.get('/notes/:id', adapt(async ({ id }) => ({ status: 201, body: { id } })));
};
