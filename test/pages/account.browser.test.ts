import type { Page } from 'playwright-core'
import { User } from '#core/auth/user.model'
import { hashPassword } from '#platform/passwords'
import { member } from '#test/factories/account'
import { closeBrowser, describeInBrowser, openPage } from '#test/support/browser'
import { baseUrl } from '#test/support/client'

const password = 'four unrelated little words'
const bea = async () => member('bea', { user: { passwordHash: await hashPassword(password) } })

async function logIn(page: Page, secret = password): Promise<void> {
  await page.goto(`${await baseUrl()}/log-in`)
  await page.getByLabel('Email or user name').fill('bea')
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Log in' }).click()
}

const sticksOut = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth')

describeInBrowser('one’s own account in a browser', () => {
  afterAll(closeBrowser)

  test.each([true, false])(
    'somebody signs up and is told to check the mail (scripts: %p)',
    async (javaScriptEnabled) => {
      const page = await openPage({ javaScriptEnabled })
      await page.goto(`${await baseUrl()}/sign-up`)
      await page.getByLabel('User name').fill('bea')
      await page.getByLabel('Email address').fill('bea@mail.example')
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByLabel('Why would you like to join?').fill('To swim')
      await page.getByLabel(/I agree/).check()
      await page.getByRole('button', { name: 'Create my account' }).click()
      expect(await page.locator('h1').innerText()).toBe('Check your mail')
      expect(await User.count({ where: { email: 'bea@mail.example' } })).toBe(1)
    },
  )

  test('a refused sign-up says at each field what is wrong, keeps what was typed and leads to the fields', async () => {
    await bea()
    const page = await openPage()
    await page.goto(`${await baseUrl()}/sign-up`)
    await page.getByLabel('User name').fill('bea')
    await page.getByLabel('Email address').fill('new@mail.example')
    await page.getByRole('button', { name: 'Create my account' }).click()
    expect(await page.title()).toMatch(/^Error: /)
    expect(await page.evaluate('document.activeElement.className')).toBe('error-summary')
    expect(await page.getByLabel('Email address').inputValue()).toBe('new@mail.example')
    expect(await page.locator('#username').getAttribute('aria-invalid')).toBe('true')
    await page.locator('.error-summary a').first().click()
    expect(await page.evaluate('document.activeElement.id')).toBe('username')
    expect(await sticksOut(page)).toBeLessThanOrEqual(0)
  })

  test('a wrong password is refused and the right one opens the settings, which log out again', async () => {
    await bea()
    const page = await openPage()
    await logIn(page, 'a wrong password')
    expect(await page.locator('.error-summary').isVisible()).toBe(true)
    expect(await page.getByLabel('Email or user name').inputValue()).toBe('bea')
    await logIn(page)
    expect(new URL(page.url()).pathname).toBe('/settings')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.goto(`${await baseUrl()}/settings`)
    expect(new URL(page.url()).pathname).toBe('/log-in')
  })

  test.each([320, 390, 1280])(
    'the settings fit into %i pixels, and the content policy stops nothing',
    async (width) => {
      await bea()
      const page = await openPage({ viewport: { width, height: 844 } })
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      await logIn(page)
      for (const path of ['/settings', '/settings/password', '/settings/sessions', '/settings/apps']) {
        await page.goto((await baseUrl()) + path)
        expect(await sticksOut(page)).toBeLessThanOrEqual(0)
      }
      expect(complaints).toEqual([])
    },
  )

  test('a member sees the devices that are logged in, and logs out the others', async () => {
    await bea()
    const [here, there] = [await openPage(), await openPage()]
    await logIn(there)
    await logIn(here)
    await here.goto(`${await baseUrl()}/settings/sessions`)
    expect(await here.locator('.row').count()).toBe(2)
    expect(await here.locator('.badge').allInnerTexts()).toEqual(['This device'])
    await here.getByRole('button', { name: 'Log out everywhere else' }).click()
    expect(await here.locator('.row').count()).toBe(1)
    await there.reload()
    expect(new URL(there.url()).pathname).toBe('/log-in')
  })

  test('the password can be shown while it is typed', async () => {
    const page = await openPage()
    await page.goto(`${await baseUrl()}/log-in`)
    await page.locator('#password').fill('secret')
    await page.getByRole('button', { name: 'Show the password' }).click()
    expect(await page.locator('#password').getAttribute('type')).toBe('text')
  })
})
