/*
shape: 'TypeScript: middleware made by a generic factory'
esm: true
requests: [{ POST: /users, json: { name: a } }, { POST: /users, json: { name: 5 } }, { POST: /users, json: {} }]
*/
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

interface Schema<T> {
  parse(value: unknown): T;
}

const userSchema: Schema<{ name: string }> = {
  parse(value) {
    const { name } = value as { name?: unknown };
    if (typeof name !== 'string') throw new Error('name must be a string');
    return { name };
  },
};

function validate<T>(schema: Schema<T>): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    try {
      req.body = schema.parse(req.body);
      next();
    } catch (error) {
      res.status(400).json({ error: (error as Error).message });
    }
  };
}

const app = express();
app.use(express.json());
app.post('/users', validate(userSchema), (req: Request, res: Response) => {
  res.status(201).json({ created: req.body.name });
});
app.listen(process.env.PORT);
