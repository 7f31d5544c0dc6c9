const express = require("express"), { randomUUID: randomUUID2 } = require("node:crypto")
const crypto = require('crypto')

module.exports = (randomUUID) => {
  const app = express()
  app.use((req, res, next) => { req.id = randomUUID2(); next(randomUUID) })
  app.get('/', (req, res) => res.send(crypto.createHash('sha1').update(randomUUID2()).digest('hex')))
  return app
}
