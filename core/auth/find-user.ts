import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { User } from './user.model.ts'
import { userNamed } from './user-named.ts'

/** Finds the log-in of a member by user name. Throws NotFound with a sentence that names them. */
export async function findUser(ctx: Ctx, { username }: { username: string }): Promise<User> {
  const user = await userNamed(ctx, username)
  if (!user) throw new NotFound(`There is no member called ${username} here.`)
  return user
}
