require('node:http');
