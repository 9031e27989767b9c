import { defineConfig } from 'vitest/config'

/** Whole processes, killed and started again, and browsers. A file waits for its own much of the time: two fill two cores. */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/memory.ts', 'tests/support/real-parts.ts'],
    include: ['tests/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    pool: 'threads',
    maxWorkers: 2,
  },
})
