exports.plugin = {
  name: 'users',
  async register(server, options) {
    server.route({ method: 'GET', path: '/users', handler: list });
    server.route({ method: 'GET', path: '/users/{id}', handler: list });
  },
};

function list(request, h) {
  return h.response([]);
}
