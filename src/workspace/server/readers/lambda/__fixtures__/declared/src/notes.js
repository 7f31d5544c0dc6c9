const middy = require('@middy/core');

const answer = (body) => ({ statusCode: 200, body: JSON.stringify(body) });

module.exports.list = async () => answer([]);

const one = async (event) =>
  event.httpMethod === 'DELETE' ? { statusCode: 204, body: '' } : answer({ id: event.pathParameters.id });

module.exports.one = middy(one).use({ after: () => {} });
