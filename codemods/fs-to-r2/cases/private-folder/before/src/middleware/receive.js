const path = require('path');
const { diskStorage, upload } = require('../express-parity');

const folder = path.join(__dirname, '..', 'uploads');

module.exports = upload({ storage: diskStorage({ destination: folder }) });
