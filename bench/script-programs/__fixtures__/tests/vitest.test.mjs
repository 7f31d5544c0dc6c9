import { describe, expect, it, vi } from 'vitest';
import add from '../src/add.js';
describe('add', () => {
  it('adds', () => expect(add(1, 2)).toBe(3));
  it('keeps time', () => {
    vi.useFakeTimers();
    const called = vi.fn();
    setTimeout(called, 1000);
    vi.advanceTimersByTime(1000);
    expect(called).toHaveBeenCalledOnce();
  });
});
