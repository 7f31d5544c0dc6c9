/** An error that is answered with a status. */
export const httpError = (statusCode: number, code: string, message: string): Error =>
  Object.assign(new Error(message), { statusCode, code });
