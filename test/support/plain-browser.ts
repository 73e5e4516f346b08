import { load, type CheerioAPI } from 'cheerio'
import { baseUrl } from '#test/support/client'

/** A page as a browser without scripts has it. */
export type Opened = { status: number; headers: Headers; url: string; $: CheerioAPI; text: string }

type Fields = Record<string, string>

/**
 * A browser without scripts: it keeps cookies, follows redirects within the site, and sends forms with what stands in
 * them. A redirect that leads elsewhere is where it stops: its address is in `headers`.
 */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #address: string
  page: Opened | undefined

  constructor(address = '') {
    this.#address = address
  }

  open(path: string, headers: Record<string, string> = {}): Promise<Opened> {
    return this.#go('GET', path, undefined, headers)
  }

  /** Sends the form of the page that is open whose action begins with `action`, with these fields filled in. */
  async send(action: string, fields: Fields = {}, headers: Record<string, string> = {}): Promise<Opened> {
    const form = this.page!.$(`form[action^="${action}"]`).first()
    if (form.length === 0)
      throw new Error(`the page ${this.page!.url} has no form for ${action}:\n${this.page!.text}`)
    const hidden = form.find('input[type=hidden]').toArray()
    const filled = Object.fromEntries(hidden.map((input) => [input.attribs.name!, input.attribs.value ?? '']))
    // Whoever says nothing of where they come from says so of their forms, too (Fetch, "append a request Origin header").
    const isSilent = this.page!.headers.get('referrer-policy') === 'no-referrer'
    const Origin = isSilent ? 'null' : new URL(this.#address || (await baseUrl())).origin
    return this.#go('POST', form.attr('action')!, { ...filled, ...fields }, { Origin, ...headers })
  }

  /** Posts fields that stand in no form. */
  post(path: string, fields: Fields = {}, headers: Record<string, string> = {}): Promise<Opened> {
    return this.#go('POST', path, fields, headers)
  }

  /** Asks for something to be taken away, as scripts of our own pages do. */
  delete(path: string, fields: Fields = {}): Promise<Opened> {
    return this.#go('DELETE', path, fields)
  }

  async #go(
    method: string,
    path: string,
    fields?: Fields,
    headers: Record<string, string> = {},
  ): Promise<Opened> {
    const base = this.#address || (await baseUrl())
    const answer = await fetch(new URL(path, base), {
      method,
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'User-Agent': 'Test Browser',
        ...headers,
      },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie)
    const location = answer.headers.get('location')
    if (location?.startsWith('/') && answer.status < 400) return this.#go('GET', location)
    const text = await answer.text()
    this.page = { status: answer.status, headers: answer.headers, url: path, $: load(text), text }
    return this.page
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';')
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
