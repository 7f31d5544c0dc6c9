module.exports = [{ files: ['src/*.js'], rules: { 'no-unused-vars': 'warn', 'prefer-const': 'warn' } }];
