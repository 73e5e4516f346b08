import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { registerApp } from '#core/auth/register-app'
import { nowhere } from '#core/remote'
import { hashPassword } from '#platform/passwords'
import { member } from '#test/factories/account'
import { closeBrowser, describeInBrowser, openPage } from '#test/support/browser'
import { baseUrl } from '#test/support/client'

const password = 'four unrelated little words'
const outOfBand = 'urn:ietf:wg:oauth:2.0:oob'

describeInBrowser('letting an app in, in a browser', () => {
  let app: Server
  let appUrl: string
  const asked: { method: string | undefined; url: URL; body: string }[] = []

  beforeAll(async () => {
    app = createServer(async (req, res) => {
      const body = (await req.toArray()).join('')
      asked.push({ method: req.method, url: new URL(req.url ?? '', appUrl), body })
      res.setHeader('Content-Type', 'text/html').end('<h1>Back in the app</h1>')
    })
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    app.close()
    await closeBrowser()
  })

  async function askToLogIn(
    { redirect = `${appUrl}/done`, ...more }: Record<string, string> = {},
    javaScriptEnabled = true,
  ) {
    asked.length = 0
    await member('bea', { user: { passwordHash: await hashPassword(password) } })
    const scopes = ['read', 'write:statuses']
    const draft = {
      name: 'Tide <tables>',
      redirectUris: [redirect],
      scopes,
      website: 'https://tide.example/',
    }
    const made = await registerApp({ actor: { kind: 'visitor' }, remote: nowhere }, draft)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: made.app.clientId,
      redirect_uri: redirect,
      scope: scopes.join(' '),
      state: 'a b',
      ...more,
    })
    const page = await openPage({ javaScriptEnabled })
    await page.goto(`${await baseUrl()}/oauth/authorize?${query}`)
    expect(await page.locator('h1').innerText()).toContain('to continue to Tide <tables>')
    await page.getByLabel('Email or user name').fill('bea')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
    return page
  }

  test.each([true, false])(
    'the member is asked in plain words and sent back to the app (scripts: %p)',
    async (scripts) => {
      const page = await askToLogIn({}, scripts)
      expect(await page.locator('h1').innerText()).toContain('Tide <tables>')
      expect(await page.locator('.scopes').innerText()).toContain(
        'Write, edit, delete and boost posts in your name',
      )
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.getByText('Back in the app').waitFor()
      const [{ url } = { url: undefined }] = asked
      expect([url?.searchParams.get('state'), url?.searchParams.has('code')]).toEqual(['a b', true])
    },
  )

  test('a member who denies is sent back as well, and the app is told', async () => {
    const page = await askToLogIn()
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByText('Back in the app').waitFor()
    expect(asked[0]?.url.searchParams.get('error')).toBe('access_denied')
  })

  test.each([true, false])('an app that wants a form gets one (scripts: %p)', async (scripts) => {
    const page = await askToLogIn({ response_mode: 'form_post' }, scripts)
    await page.getByRole('button', { name: 'Allow' }).click()
    if (!scripts) await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Back in the app').waitFor()
    expect([asked[0]?.method, new URLSearchParams(asked[0]?.body).get('state')]).toEqual(['POST', 'a b'])
    expect(new URLSearchParams(asked[0]?.body).has('_csrf')).toBe(false)
  })

  test('an app without an address has its code shown for copying', async () => {
    const page = await askToLogIn({ redirect: outOfBand })
    await page.getByRole('button', { name: 'Allow' }).click()
    const code = new URL(page.url()).searchParams.get('code')
    expect(await page.getByLabel('Code').inputValue()).toBe(code)
  })
})
