import { Follow } from '#core/relationships/follow.model'
import { hashPassword } from '#platform/passwords'
import { member, stranger } from '#test/factories/account'
import { closeBrowser, describeInBrowser, openPage } from '#test/support/browser'
import { baseUrl } from '#test/support/client'

const password = 'four unrelated little words'

describeInBrowser('following somebody from another site', () => {
  afterAll(closeBrowser)

  async function arrive(uri: string) {
    await member('bea', { user: { passwordHash: await hashPassword(password) } })
    const page = await openPage()
    await page.goto(`${await baseUrl()}/authorize_interaction?uri=${encodeURIComponent(uri)}`)
    await page.getByLabel('Email or user name').fill('bea')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
    return page
  }

  test('a member logs in, sees who it is, and follows', async () => {
    const tom = await member('tom', { account: { displayName: 'Tom', noteHtml: '<p>Tides</p>' } })
    const page = await arrive('acct:tom@localhost:3000')
    expect(await page.locator('h1').innerText()).toBe('Tom')
    await page.getByRole('button', { name: 'Follow' }).click()
    expect(await page.locator('.notice').innerText()).toContain('You follow this account')
    expect(await Follow.count({ where: { followedId: tom.account.id, state: 'accepted' } })).toBe(1)
  })

  test('somebody who is not known here is not found, and nobody of a similar name is followed instead', async () => {
    await stranger('tommy', 'ocean.example')
    const page = await arrive('tom')
    expect(await page.locator('h1').innerText()).toBe('Nothing to be found here')
    expect(await page.getByRole('button', { name: 'Follow' }).count()).toBe(0)
  })

  test('members follow each other from their profiles', async () => {
    await member('tom')
    const page = await arrive('@tom@localhost:3000')
    await page.goto(`${await baseUrl()}/@tom`)
    await page.getByRole('link', { name: 'Follow', exact: true }).click()
    await page.getByRole('button', { name: 'Follow' }).click()
    expect(await page.locator('.notice').isVisible()).toBe(true)
    await page.goto(`${await baseUrl()}/@bea`)
    expect(await page.getByRole('link', { name: 'Follow', exact: true }).count()).toBe(0)
  })
})
