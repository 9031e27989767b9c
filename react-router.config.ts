import type { Config } from '@react-router/dev/config'

// Pages live with their modules; src/web is the shell around them.
export default { appDirectory: 'src/web', buildDirectory: 'build', ssr: true } satisfies Config
