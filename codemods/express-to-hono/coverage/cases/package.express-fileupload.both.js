/*
package: express-fileupload
packages: [express-fileupload]
requests:
  - { POST: /, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n", type: multipart/form-data; boundary=b }
*/
const express = require('express');

const app = express();
const fileUpload = require('express-fileupload');
app.use(fileUpload());
app.post('/', (req, res) => {
  res.json({ name: req.files.file.name, size: req.files.file.size });
});
app.listen(process.env.PORT);
