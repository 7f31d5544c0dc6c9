import { afterEach, vi } from 'vitest';
import { removeProjects } from './project.ts';

// Test files share a process and its modules: a hook that a module registers as it loads would be that of the first file
// which imports it. This file runs before each.
afterEach(() => {
  vi.restoreAllMocks();
  removeProjects();
});
