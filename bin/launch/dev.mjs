import { Stop } from './say.mjs'

const tasks = {
  test: async (args) => (await import('./dev-test.mjs')).runTests(args),
  check: async (args) => (await import('./dev-check.mjs')).runChecks(args),
  contract: async (args) => (await import('./dev-contract.mjs')).compareWithContract(args),
  payloads: async (args) => (await import('./dev-payloads.mjs')).tellPayloads(args),
  bench: async (args) => (await import('./dev-bench.mjs')).runBenches(args),
}

/** What developers do: `test [jest's arguments]`, `check [--fast]`, `contract [--group name]`,
 * `payloads`, `bench [names]`. Gives the exit code. */
export function develop([task, ...args]) {
  if (task in tasks) return tasks[task](args)
  throw new Stop(`kith dev knows ${Object.keys(tasks).join(', ')}; not ${task ?? 'nothing'}.`, 2)
}
