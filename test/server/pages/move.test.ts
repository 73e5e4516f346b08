import { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import { member } from '#test/factories/account'
import { browserOf, memberWithPassword, password } from '#test/factories/log-in'
import { kith } from '#test/support/cli'
import { Browser } from '#test/support/plain-browser'

const open = async (name: string) => {
  const who = await memberWithPassword(name)
  const browser = await browserOf(who)
  await browser.open('/settings/move')
  return { who, browser }
}

test('visitors are sent to the log-in', async () => {
  expect((await new Browser().open('/settings/move')).url).toBe('/log-in?next=%2Fsettings%2Fmove')
})

test('a member names an old account and takes the name back', async () => {
  const { who, browser } = await open('alice')
  const old = await member('old')
  const page = await browser.send('/settings/move/add', { alias: 'old' })
  expect(page.text).toContain('You can now move from there')
  expect(page.$('.row-title').text()).toBe('@old')
  expect((await who.account.reload()).alsoKnownAs).toEqual([accountUri(old.account)])
  await browser.send('/settings/move/remove')
  expect((await who.account.reload()).alsoKnownAs).toEqual([])
})

test('an account that cannot be found is said at the top, and what was typed stays', async () => {
  const { browser } = await open('alice')
  const page = await browser.send('/settings/move/add', { alias: 'nobody' })
  expect(page.status).toBe(422)
  expect(page.$('.error-summary').text()).toContain('There is no such account')
  expect(page.$('#alias').attr('value')).toBe('nobody')
})

test('a member moves away with the password alone, and comes back', async () => {
  const { who, browser } = await open('alice')
  const fresh = await member('fresh', { account: { alsoKnownAs: [accountUri(who.account)] } })
  const refused = await browser.send('/settings/move/away', { target: 'fresh', password: 'wrong' })
  expect([refused.status, refused.$('.error-summary').text()]).toEqual([
    403,
    expect.stringContaining('password is wrong'),
  ])
  expect((await who.account.reload()).movedToId).toBeNull()
  const page = await browser.send('/settings/move/away', { target: 'fresh', password })
  expect(page.text).toContain('This account has moved to @fresh')
  expect((await who.account.reload()).movedToId).toBe(fresh.account.id)
  expect((await browser.send('/settings/move/back')).text).toContain('Welcome back')
  expect((await who.account.reload()).movedToId).toBeNull()
})

test('kith accounts alias and move do the same for a member', async () => {
  const [alice, fresh] = [await member('alice'), await member('fresh')]
  const uri = accountUri(alice.account)
  expect((await kith('accounts', 'alias', 'fresh', 'alice')).out).toBe(`${uri} (alice)\n`)
  expect((await kith('accounts', 'move', 'alice', '--to', 'fresh')).code).toBe(0)
  expect((await Account.findByPk(alice.account.id))?.movedToId).toBe(fresh.account.id)
  expect((await kith('accounts', 'move', 'alice', '--cancel')).code).toBe(0)
  expect((await Account.findByPk(alice.account.id))?.movedToId).toBeNull()
  expect((await kith('accounts', 'move', 'alice')).code).toBe(2)
  expect((await kith('accounts', 'alias', 'fresh', '--remove', uri)).out).toBe('')
  expect((await kith('accounts', 'move', 'nobody', '--to', 'fresh')).code).toBe(1)
})
