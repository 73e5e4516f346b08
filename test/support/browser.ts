import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where Chromium is: `CHROMIUM_PATH`, else its usual places; undefined when there is none. */
export const chromiumPath = places.find((path) => path !== undefined && path !== '' && existsSync(path))

/** `describe` for tests that need Chromium; where there is none they are skipped by name. */
export const describeInBrowser: typeof describe | typeof describe.skip = chromiumPath
  ? describe
  : describe.skip

let browser: Browser | undefined

/** Opens a fresh window with its own cookies; `javaScriptEnabled: false` gives a browser without scripts. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en',
    ...options,
  })
  return context.newPage()
}

/** Ends the browser and all its windows. */
export async function closeBrowser(): Promise<void> {
  await browser?.close()
  browser = undefined
}
