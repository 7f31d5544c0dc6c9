async function send(event) {
  return { statusCode: 200, body: event.pathParameters.path };
}

const anything = (event, context, callback) => callback(null, { statusCode: 200, body: event.requestContext.http.method });

module.exports = { send, anything };
