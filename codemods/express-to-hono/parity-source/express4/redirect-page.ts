import escapeHtml from 'escape-html';
import statuses from 'statuses';

export function redirectPage(status: number, address: string): string {
  return `<p>${statuses.message[status]}. Redirecting to ${escapeHtml(address)}</p>`;
}
