/** One of several answers. The first is the default unless `recommended` names another. */
export interface Choice<T> {
  name: string;
  value: T;
  description?: string;
}
