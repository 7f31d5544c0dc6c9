/*
package: multer
variant: run in a handler, with a function that is told how it went, without semicolons
packages: [multer]
requests:
  - { POST: /, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nmuch more than is let in\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /, json: {} }
  - { POST: /flexible, body: "--b\r\nContent-Disposition: form-data; name=\"files[]\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /flexible, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /flexible, body: "--b\r\nContent-Disposition: form-data; name=\"other\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /flexible, json: {} }
*/
const express = require('express')
const multer = require('multer')

const app = express()
const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 10 } })
const one = upload.single('file')
app.post('/', (req, res) => {
  one(req, res, (error) => {
    if (error instanceof multer.MulterError) return res.status(413).json({ code: error.code })
    if (error) return res.status(500).json({ message: error.message })
    if (!req.file) return res.status(400).send('no file')
    res.json({ name: req.file.originalname, size: req.file.size, note: req.body.note })
  })
})
const flexible = (req, res, next) => {
  upload.fields([{ name: 'file', maxCount: 1 }, { name: 'files[]', maxCount: 3 }])(req, res, (error) => {
    if (error) return next(error)
    if (req.files && req.files.file) req.file = req.files.file[0]
    else if (req.files && req.files['files[]']) req.files = req.files['files[]']
    next()
  })
}
app.post('/flexible', flexible, (req, res) => {
  res.json({ file: req.file?.originalname, files: Array.isArray(req.files) ? req.files.length : null })
})
app.use((error, req, res, next) => {
  res.status(422).json({ name: error.name, code: error.code })
})
app.listen(process.env.PORT)
