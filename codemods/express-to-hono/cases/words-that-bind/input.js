const express = require('express');

const app = express();

class Greeter {
  constructor() {
    this.greeting = 'hello';
  }

  // Not bound: neither autoBind nor this.greet.bind(this).
  greet(req, res) {
    res.json({ greeting: this?.greeting ?? 'none of .greet.bind(' });
  }
}

const greeter = new Greeter();
app.get('/', greeter.greet);
app.listen(3000);
