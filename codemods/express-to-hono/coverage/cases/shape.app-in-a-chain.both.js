/*
shape: an application that is named and exported in one statement without a semicolon, and listens
requests: [GET /, HEAD /, GET /nowhere, POST /]
*/
const express = require('express')

const app = module.exports = express()

app.get('/', (req, res) => {
  res.send('here')
})

if (process.env.PORT) {
  app.listen(process.env.PORT)
}
