/*
shape: 'TypeScript: the application as a class'
esm: true
requests: [GET /, GET /health, GET /none]
*/
import express, { type Express, type Request, type Response } from 'express';

class Server {
  private readonly app: Express;

  constructor(private readonly port: string | undefined) {
    this.app = express();
    this.routes();
  }

  private routes(): void {
    this.app.get('/', (req: Request, res: Response) => {
      res.send('root');
    });
    this.app.get('/health', this.health);
  }

  private health(req: Request, res: Response): void {
    res.json({ up: true });
  }

  public start(): void {
    this.app.listen(this.port);
  }
}

new Server(process.env.PORT).start();
