import { clearTombstones } from '#core/accounts/clear-tombstones'
import { clearReceived } from '#federation/clear-received'
import { rows } from '#platform/db'
import { outside } from '#test/factories/remote-post'
import { settle } from './settle.ts'

/** Lets time go by: everything that is kept here is so much older, and what forgets by age has run. */
export async function letTimePass(seconds: number): Promise<void> {
  const aged = [
    ['tombstones', 'created_at'],
    ['received_activities', 'received_at'],
    ['reports', 'created_at'],
    ['follows', 'created_at'],
  ]
  for (const [table, column] of aged)
    await rows({}, `UPDATE ${table} SET ${column} = ${column} - make_interval(secs => $1)`, [seconds])
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'inbox'`)
  await clearTombstones(outside)
  await clearReceived(outside)
  await settle()
}
