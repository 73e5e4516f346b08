import { Client } from 'pg'

/** Runs `work` and gives how many statements went to PostgreSQL meanwhile; nothing else may run beside it. */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const { query } = Client.prototype
  let count = 0
  Client.prototype.query = function (this: Client, ...args: never[]) {
    count += 1
    return (query as (...args: never[]) => never).apply(this, args)
  } as never
  try {
    await work()
  } finally {
    Client.prototype.query = query
  }
  return count
}
