import { createToken } from '#core/auth/create-token'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { seedCommunity } from '#core/seeding/seed-community'
import { rows } from '#platform/db'
import { migrate } from '#platform/migrate'

const ctx: Ctx = { actor: { kind: 'operator' }, remote: nowhere }

/** Makes up a community in the database of this process and gives tokens of `members` of its members, with these scopes. */
export async function makeCommunity(
  size: { accounts: number; posts: number; follows: number },
  members: number,
  scopes: string[] = ['read'],
): Promise<string[]> {
  await migrate()
  await seedCommunity(ctx, size)
  const names = await rows<{ username: string }>(
    {},
    `SELECT username FROM accounts JOIN users ON users.account_id = accounts.id ORDER BY following_count DESC LIMIT $1`,
    [members],
  )
  const tokens: string[] = []
  for (const { username } of names) {
    const { token } = await createToken(ctx, { username, scopes })
    tokens.push(token)
  }
  return tokens
}
