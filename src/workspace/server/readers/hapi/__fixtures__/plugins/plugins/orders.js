module.exports = {
  name: 'orders',
  register: (server) => {
    server.route([
      { method: 'GET', path: '/', handler: () => [] },
      { method: 'POST', path: '/{id}/pay', handler: () => 'paid' },
    ]);
  },
};
