const <%= name %> = require('express');
