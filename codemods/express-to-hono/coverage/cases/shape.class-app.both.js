/*
shape: app as a class property
requests: [GET /]
*/
class Server {
  constructor() {
    this.app = require('express')();
    this.routes();
  }

  routes() {
    this.app.get('/', (req, res) => {
      res.send('class');
    });
  }

  start(port) {
    this.app.listen(port);
  }
}
new Server().start(process.env.PORT);
