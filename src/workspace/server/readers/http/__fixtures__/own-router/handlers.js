// A router of the program's own: it keeps what it is given in a list, below the path that it was made with.
class Entry {
  constructor(path, method, handler) {
    this.path = path;
    this.method = method;
    this.handler = handler;
  }
}

class Router {
  constructor(base = '') {
    this.base = base;
    this.entries = [];
  }

  on(method, path, handler) {
    path = `${this.base}${path}`;
    this.entries.push(new Entry(path, method, handler));
    return this;
  }

  get(path, handler) {
    return this.on('GET', path, handler);
  }

  remove(path, handler) {
    return this.on('DELETE', path, handler);
  }
}

const table = { GET: {}, POST: {} };
/** Keeps a handler by its path. */
const post = (path, handler) => {
  table.POST[path] = handler;
};

module.exports = { Router, table, post };
