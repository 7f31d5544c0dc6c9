const dotenv = require('dotenv');
const { parsed } = dotenv.config();
console.log(parsed);
