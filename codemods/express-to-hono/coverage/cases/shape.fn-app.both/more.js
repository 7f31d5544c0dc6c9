exports.register = function register(app, { name }) {
  app.get('/' + name, (req, res) => {
    res.send(name);
  });
};
