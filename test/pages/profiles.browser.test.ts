import { member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { closeBrowser, describeInBrowser, openPage } from '#test/support/browser'
import { baseUrl } from '#test/support/client'

const endless = 'a'.repeat(300)

describeInBrowser('profiles and posts in a browser', () => {
  afterAll(closeBrowser)

  test.each([320, 390, 1280])('at %i pixels neither long words nor long names stick out', async (width) => {
    const bea = await member('bea'.padEnd(30, 'a'), { account: { displayName: endless, noteHtml: endless } })
    const long = await post(bea, { text: endless, html: `<p>${endless}</p><pre>${endless}</pre>` })
    await post(bea, { text: endless, replyTo: long, spoilerText: endless })
    const page = await openPage({ viewport: { width, height: 844 } })
    const path = `/@${bea.account.username}`
    for (const each of [path, `${path}/with_replies`, `${path}/${long.id}`]) {
      await page.goto((await baseUrl()) + each)
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    }
  })

  test('what stands behind a content warning opens without scripts', async () => {
    const bea = await member('bea')
    const warned = await post(bea, { text: 'the butler did it', spoilerText: 'The end' })
    const page = await openPage({ javaScriptEnabled: false })
    await page.goto(`${await baseUrl()}/@bea/${warned.id}`)
    const text = page.getByText('the butler did it')
    expect(await text.isVisible()).toBe(false)
    await page.getByText('The end').click()
    expect(await text.isVisible()).toBe(true)
  })
})
