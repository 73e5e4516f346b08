import { inProject } from './project.mjs'
import { runThrough } from './runtime.mjs'

/**
 * Compares Kith with the contract of the Mastodon API: endpoints, entities that tests have seen, rules that tests prove.
 * `--group filters` shows one part. Gives 1 when something is missing.
 */
export const compareWithContract = (args) =>
  runThrough(process.execPath, [inProject('test', 'contract', 'report.ts'), ...args], {
    ...process.env,
    NODE_ENV: 'test',
    KITH_LOG: 'silent',
  })
