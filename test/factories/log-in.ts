import { User } from '#core/auth/user.model'
import { hashPassword } from '#platform/passwords'
import { member, type Member } from '#test/factories/account'
import { Browser } from '#test/support/plain-browser'

/** The password of every member who has one in tests. */
export const password = 'correct horse battery staple'

let hash: Promise<string> | undefined

/** Makes a member who can log in with `password`. */
export async function memberWithPassword(username: string, more: Partial<User> = {}): Promise<Member> {
  hash ??= hashPassword(password)
  return member(username, { user: { passwordHash: await hash, ...more } })
}

/** A browser in which this member is logged in. */
export async function browserOf(who: Member): Promise<Browser> {
  const browser = new Browser()
  await browser.open('/log-in')
  await browser.send('/log-in', { identifier: who.account.username, password })
  return browser
}
