import { defineConfig } from 'vitest/config'

/** Whole processes, killed and started again: one file after the other. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    pool: 'threads',
    maxWorkers: 1,
    fileParallelism: false,
  },
})
