const fs = require('fs'), path = require('path');
const { Hono } = require('hono')
const fileStorage = require('./file-storage')
const uploads = path.join(__dirname, 'uploads')

const app = new Hono()

app.put('/files/:name', (c) => new Promise((resolve, reject) => {
  c.req.arrayBuffer().then((bytes) => {
    fileStorage.writeFile(path.join(uploads, c.req.param('name')), Buffer.from(bytes), (err) => err ? reject(err) : resolve(c.body(null, 204)))
  })
}))

exports.app = app
