// What is said of JSON that is none, before Fastify 5.5: the parser's own words.

export const invalidJson = (error: Error): Error => Object.assign(error, { statusCode: 400 });
