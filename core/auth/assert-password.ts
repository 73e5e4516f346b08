import { Forbidden } from '#platform/errors'
import { isPassword } from '#platform/passwords'
import { assertMayTry, forgetTries } from './log-in-limits.ts'
import type { User } from './user.model.ts'

/** Makes sure that whoever is logged in knows the password, too. Throws Forbidden, TooMany after too many tries. */
export async function assertPassword(user: User, password: string, ip: string): Promise<void> {
  await assertMayTry(user.id, ip)
  if (!(await isPassword(password, user.passwordHash))) throw new Forbidden('The current password is wrong')
  await forgetTries(user.id)
}
