'use strict';

module.exports = (make) => {
  it('has an id', () => {
    if (make().id === undefined) throw new Error('no id');
  });
};
