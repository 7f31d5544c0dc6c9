'use strict';

exports.rows = [{ name: 'a', seen: 0 }];

exports.touch = (row) => {
  row.seen += 1;
};

exports.tools = {
  v1: {
    counter() {
      let count = 0;
      return () => (count += 1);
    },
  },
};
