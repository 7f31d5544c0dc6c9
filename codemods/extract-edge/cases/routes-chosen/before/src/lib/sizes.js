'use strict';

const SIZES = [
  { name: 's', width: 40 },
  { name: 'm', width: 48 },
];

/** The size of a name, whatever its case. */
function sizeOf(name) {
  return SIZES.find((each) => each.name === name.toLowerCase());
}

exports.sizeOf = sizeOf;
