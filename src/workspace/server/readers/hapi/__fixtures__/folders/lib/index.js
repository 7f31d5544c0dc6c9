const HauteCouture = require('@hapipal/haute-couture');

exports.plugin = { name: 'notes', register: HauteCouture.composeWith() };
