import { closeBrowser, describeInBrowser, openPage } from '#test/support/browser'
import { baseUrl } from '#test/support/client'

describeInBrowser('the pages of the instance in a browser', () => {
  afterAll(closeBrowser)

  test.each([390, 1280])(
    'at %i pixels nothing sticks out and the content policy stops nothing',
    async (width) => {
      const page = await openPage({ viewport: { width, height: 844 } })
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      for (const path of ['/', '/about', '/privacy-policy']) {
        await page.goto((await baseUrl()) + path)
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        )
      }
      expect(complaints).toEqual([])
    },
  )

  test('the first press of Tab shows the way past the menu, and it leads to the main part', async () => {
    const page = await openPage()
    await page.goto(await baseUrl())
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    expect((await page.locator('.skip').boundingBox())!.y).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true)
  })

  test('everything is there without scripts, and buttons that need them are not', async () => {
    const page = await openPage({ javaScriptEnabled: false })
    await page.goto(await baseUrl())
    expect(await page.locator('h1').innerText()).toContain('Welcome')
    expect(await page.locator('#address').inputValue()).toBe('localhost:3000')
    expect(await page.locator('button[data-copy]').isVisible()).toBe(false)
  })

  test('the ground follows the colours that people chose for their device', async () => {
    const grounds = []
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage({ colorScheme })
      await page.goto(await baseUrl())
      grounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
    }
    expect(grounds).toEqual(['rgb(251, 246, 239)', 'rgb(27, 22, 19)'])
  })
})
