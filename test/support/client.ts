import type { AddressInfo } from 'node:net'
import { hashOf } from '#core/auth/find-token'
import { OauthApp } from '#core/auth/oauth-app.model'
import { OauthToken } from '#core/auth/oauth-token.model'
import { secret } from '#platform/ids'
import { openRedis } from '#platform/redis'
import { buildApp } from '#server/app'
import { serve } from '#server/serve'
import type { Member } from '#test/factories/account'
import { checkAnswer } from '#test/support/check-answer'

/** What came back. `body` is the parsed JSON, else the text. */
export type Reply = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> }

/** What is sent: parameters as JSON, or a form as it is. */
type Sent = object | URLSearchParams | FormData | string
type Extra = { headers?: Record<string, string>; redirect?: 'manual' | 'follow'; isMember?: boolean }

let started: Promise<string> | undefined

/** The address of the app, which is started on a free port at the first call. */
export const baseUrl = (): Promise<string> => (started ??= start())

async function start(): Promise<string> {
  await openRedis()
  const server = serve(await buildApp())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // An open server must not keep a finished test run alive.
  server.unref()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Sends one request. Redirects are not followed. Throws when the answer is against the contract of the API. */
export async function request(
  method: string,
  path: string,
  body?: Sent,
  { headers = {}, redirect = 'manual', isMember = false }: Extra = {},
): Promise<Reply> {
  const isForm = body instanceof URLSearchParams || body instanceof FormData || typeof body === 'string'
  const answer = await fetch((await baseUrl()) + path, {
    method,
    redirect,
    headers: { ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}), ...headers },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  const isJson = text !== '' && answer.headers.get('content-type')?.includes('json')
  const reply: Reply = {
    status: answer.status,
    headers: answer.headers,
    body: isJson ? JSON.parse(text) : text,
  }
  if (redirect === 'manual') checkAnswer(method, path, reply, isMember)
  return reply
}

/** Makes an app token, for a member when one is given. */
export async function makeToken(scopes: string[], member?: Member): Promise<string> {
  const token = secret()
  const app = await OauthApp.create({
    clientId: secret(),
    secretHash: hashOf(secret()),
    name: 'Test app',
    redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
    scopes,
  })
  const userId = member?.user.id ?? null
  await OauthToken.create({ tokenHash: hashOf(token), appId: app.id, userId, scopes })
  return token
}

const usual = ['read', 'write', 'follow', 'push']

/** An app in the hands of `member`: `client(alice, ['read']).get('/api/v1/…')`. Without a member, an anonymous one. */
export function client(member?: Member, scopes: string[] = usual) {
  return speaking(member ? () => makeToken(scopes, member) : undefined, member !== undefined)
}

/** An app that asks in its own name. */
export const appClient = (scopes: string[] = ['read']) => speaking(() => makeToken(scopes))

function speaking(tokenOf?: () => Promise<string>, isMember = false) {
  let token: Promise<string> | undefined
  const send = async (method: string, path: string, body?: Sent, extra: Extra = {}) => {
    token ??= tokenOf?.()
    const proof = token ? { Authorization: `Bearer ${await token}` } : {}
    return request(method, path, body, {
      isMember,
      ...extra,
      headers: { ...proof, ...extra.headers } as Record<string, string>,
    })
  }
  return {
    get: (path: string, extra?: Extra) => send('GET', path, undefined, extra),
    post: (path: string, body?: Sent, extra?: Extra) => send('POST', path, body, extra),
    put: (path: string, body?: Sent, extra?: Extra) => send('PUT', path, body, extra),
    patch: (path: string, body?: Sent, extra?: Extra) => send('PATCH', path, body, extra),
    delete: (path: string, body?: Sent, extra?: Extra) => send('DELETE', path, body, extra),
  }
}
