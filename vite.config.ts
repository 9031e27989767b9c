import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [reactRouter()],
  // The application is the SSR build's input, so that operations and pages share one instance of every module.
  environments: { ssr: { build: { rolldownOptions: { input: './src/app.ts' } } } },
  build: { assetsInlineLimit: 0, target: 'es2022' },
})
