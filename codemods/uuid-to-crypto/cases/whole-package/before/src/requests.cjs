const express = require("express"), uuid = require("uuid")
const crypto = require('crypto')

module.exports = (randomUUID) => {
  const app = express()
  app.use((req, res, next) => { req.id = uuid.v4(); next(randomUUID) })
  app.get('/', (req, res) => res.send(crypto.createHash('sha1').update(uuid.v4()).digest('hex')))
  return app
}
