const express = require('express');

exports.ApolloServer = class {
  applyMiddleware({ app, path }) {
    const router = express.Router();
    router.use('/.well-known/apollo/server-health', (req, res) => res.json({ status: 'pass' }));
    router.use(path, express.json(), (req, res) => res.json({ by: 'apollo', method: req.method }));
    app.use(router);
  }
};
