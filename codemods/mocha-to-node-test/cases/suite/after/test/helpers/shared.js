'use strict';

const { it } = require('node:test');

module.exports = (make) => {
  it('has an id', () => {
    if (make().id === undefined) throw new Error('no id');
  });
};
