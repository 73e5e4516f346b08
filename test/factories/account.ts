import { Account } from '#core/accounts/account.model'
import { User } from '#core/auth/user.model'
import type { Actor } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'

/** A member with a confirmed log-in, and the context in which they act. */
export type Member = { account: Account; user: User; actor: Actor & { kind: 'person' }; ctx: Ctx }

/** A member, or an account of any server. */
export type Somebody = { id: Id } | { account: { id: Id } }

export const idOf = (who: Somebody): Id => ('account' in who ? who.account.id : who.id)

/** Makes a member. `account` and `user` overwrite the usual columns. */
export async function member(
  username: string,
  { account: more = {}, user: also = {} }: { account?: Partial<Account>; user?: Partial<User> } = {},
): Promise<Member> {
  const account = await Account.create({ username, displayName: username, ...more })
  const user = await User.create({
    accountId: account.id,
    email: `${username}@mail.example`,
    passwordHash: 'none',
    confirmedAt: now(),
    approvedAt: now(),
    ...also,
  })
  const actor = { kind: 'person', accountId: account.id, userId: user.id, role: user.role } as const
  return { account, user, actor, ctx: { actor, remote: nowhere } }
}

/** Makes members of these names: `const { alice, bob } = await cast('alice', 'bob')`. */
export async function cast<N extends string>(...names: N[]): Promise<Record<N, Member>> {
  const members = await Promise.all(names.map(async (name) => [name, await member(name)] as const))
  return Object.fromEntries(members) as Record<N, Member>
}

/** Makes an account of another server. */
export const stranger = (
  username: string,
  domain = 'remote.example',
  more: Partial<Account> = {},
): Promise<Account> =>
  Account.create({
    username,
    domain,
    uri: `https://${domain}/users/${username}`,
    url: `https://${domain}/@${username}`,
    inboxUrl: `https://${domain}/users/${username}/inbox`,
    sharedInboxUrl: `https://${domain}/inbox`,
    followersUrl: `https://${domain}/users/${username}/followers`,
    displayName: username,
    fetchedAt: now(),
    ...more,
  })

/** Runs a use-case as somebody: `await as(alice, createPost, { text: 'hello' })`. */
export const as = <I, O>(who: Member, useCase: (ctx: Ctx, input: I) => Promise<O>, input: I): Promise<O> =>
  useCase(who.ctx, input)
