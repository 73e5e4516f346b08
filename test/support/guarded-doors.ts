import { Browser } from './plain-browser.ts'

const password = 'correct horse battery'

/** How a door that guesses could open was answered: what it says, and how many seconds to wait. */
export type Knock = { status: number; wait: number; says: string }

type Door = (url: string, appToken: string, at: string) => Promise<Knock>

const onPage =
  (path: string, fields: (at: string) => Record<string, string>): Door =>
  async (url, _token, at) => {
    const browser = new Browser(url)
    await browser.open(path)
    const { status, headers, $ } = await browser.send(path, fields(at))
    return { status, wait: Number(headers.get('retry-after')), says: $('main').text().replace(/\s+/g, ' ') }
  }

const newcomer = (at: string, where: string) => ({
  username: `new_${where}_${at}`,
  email: `new-${where}-${at}@mail.example`,
  password,
  agreement: 'true',
})

const signUpByApp: Door = async (url, token, at) => {
  const answer = await fetch(`${url}/api/v1/accounts`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...newcomer(at, 'app'), locale: 'en' }),
  })
  const body = (await answer.json()) as { error?: string }
  return {
    status: answer.status,
    wait: Number(answer.headers.get('retry-after')),
    says: body.error ?? '',
  }
}

/** Log-in of `alice`, reset of her password, and sign-up by page and by app: what is closed while nothing can be counted. */
export const guardedDoors: Record<string, Door> = {
  'log-in': onPage('/log-in', () => ({ identifier: 'alice', password })),
  reset: onPage('/forgot-password', () => ({ email: 'alice@mail.example' })),
  'sign-up': onPage('/sign-up', (at) => ({ ...newcomer(at, 'page'), homepage: '' })),
  'sign-up by app': signUpByApp,
}

/** A token of an app in its own name, with which it may sign people up. */
export async function signUpToken(url: string): Promise<string> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as Record<string, string>
  }
  const scopes = 'read write:accounts'
  const redirect = 'urn:ietf:wg:oauth:2.0:oob'
  const app = await post('/api/v1/apps', { client_name: 'Rig', redirect_uris: redirect, scopes })
  const { client_id, client_secret } = app
  const token = await post('/oauth/token', {
    grant_type: 'client_credentials',
    client_id,
    client_secret,
    scope: scopes,
  })
  return token.access_token ?? ''
}
