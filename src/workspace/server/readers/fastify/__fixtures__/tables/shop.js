export class Shop {
  constructor(server) {
    this.server = server;
  }

  mount(path) {
    this.server.register(
      async (instance) => {
        instance.get('/', this.open);
        instance.post('/buy', this.buy.bind(this));
      },
      { prefix: path },
    );
  }

  async open() {
    return 'open';
  }

  async buy(request) {
    return request.body;
  }
}
