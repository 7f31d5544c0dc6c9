/** What middleware of Koa's asks of Node's response, where there is none. It can go with `in-koa`. */
import { EventEmitter } from 'node:events';

/** Keeps headers and a status; what middleware may not do beside Hono fails. */
export class ServerResponse extends EventEmitter {
  statusCode = 404;
  statusMessage = '';
  headersSent = false;
  finished = false;
  writableEnded = false;
  writable = true;
  socket: EventEmitter;
  connection: EventEmitter;
  #headers = new Map<string, unknown>();

  constructor(socket: EventEmitter) {
    super();
    this.socket = socket;
    this.connection = socket;
  }
  setHeader(name: string, value: unknown): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }
  appendHeader(name: string, value: unknown): this {
    return this.setHeader(name, [this.getHeader(name) ?? [], value].flat());
  }
  getHeader(name: string): unknown {
    return this.#headers.get(name.toLowerCase());
  }
  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }
  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }
  getHeaders(): Record<string, unknown> {
    return Object.fromEntries(this.#headers);
  }
  getHeaderNames(): string[] {
    return [...this.#headers.keys()];
  }
  flushHeaders(): void {}
  write(): never {
    throw new Error('the response cannot be written to inside Hono');
  }
  end(): never {
    throw new Error('the response cannot be ended inside Hono');
  }
  writeHead(): never {
    throw new Error('the head of the response cannot be written inside Hono');
  }
}
