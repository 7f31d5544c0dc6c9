'use strict';

const all = new Map();

exports.find = (id) => all.get(id);
exports.add = (order) => all.set(order.id, order);
