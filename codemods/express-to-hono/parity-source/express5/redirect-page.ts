import escapeHtml from 'escape-html';
import statuses from 'statuses';

export function redirectPage(status: number, address: string): string {
  const title = statuses.message[status];
  return `<!DOCTYPE html><head><title>${title}</title></head><body><p>${title}. Redirecting to ${escapeHtml(address)}</p></body>`;
}
