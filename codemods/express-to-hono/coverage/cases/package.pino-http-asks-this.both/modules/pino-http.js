'use strict';

module.exports = (options, stream) => {
  const write = (text) => stream.write(text);
  function onFinish() {
    this.removeListener('finish', onFinish);
    this.log.info(`${this.statusCode} after ${typeof this.startedAt}`);
  }
  return (req, res, next) => {
    req.log = res.log = { info: (text) => write(`${req.method} ${req.url} ${text}`) };
    res.startedAt = Date.now();
    res.on('finish', onFinish);
    next();
  };
};
