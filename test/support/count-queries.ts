import { Client } from 'pg'

/** Runs `work` and gives how many statements it sent to PostgreSQL. */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const send = Client.prototype.query as (...args: unknown[]) => unknown
  let count = 0
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    count += 1
    return send.apply(this, args)
  } as typeof Client.prototype.query
  try {
    await work()
  } finally {
    Client.prototype.query = send as typeof Client.prototype.query
  }
  return count
}
