import { createHash } from 'node:crypto'
import { secret } from '#platform/ids'
import type { Browser, Opened } from '#test/support/plain-browser'
import { type Reply, request } from '#test/support/client'

/** An app as it knows itself after registering. */
export type TestApp = { client_id: string; client_secret: string; redirect_uri: string; id: string }

/** Registers an app over HTTP, as apps do. */
export async function app(more: object = {}): Promise<TestApp> {
  const draft = {
    client_name: 'Quill',
    redirect_uris: 'quill://back',
    scopes: 'read write follow push',
    ...more,
  }
  const { status, body } = await request('POST', '/api/v1/apps', draft)
  if (status !== 200) throw new Error(`the app was not registered: ${JSON.stringify(body)}`)
  return body
}

/** A verifier and its S256 challenge. */
export function proofKey(): { verifier: string; challenge: string } {
  const verifier = secret(48)
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The address of the question whether an app may act for whoever opens it. */
export const authorizePath = (of: TestApp, more: Record<string, string> = {}): string =>
  `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: of.client_id,
    redirect_uri: of.redirect_uri,
    scope: 'read write',
    ...more,
  })}`

/** What an app reads out of the address it was answered at. */
export const answerOf = (page: Opened): URLSearchParams =>
  new URL(page.headers.get('location') ?? 'none:').searchParams

/** Lets an app act for the member of a browser, and gives the code. */
export async function codeFor(
  browser: Browser,
  of: TestApp,
  more: Record<string, string> = {},
): Promise<string> {
  const page = await browser.open(authorizePath(of, { force_login: 'true', ...more }))
  if (page.status !== 200) throw new Error(`no question was asked: ${page.status} ${page.text}`)
  return answerOf(await browser.send('/oauth/authorize', { decision: 'approve' })).get('code') ?? ''
}

/** Asks for a token as an app does. */
export const exchange = (
  of: TestApp,
  code: string,
  more: Record<string, string | undefined> = {},
): Promise<Reply> =>
  request('POST', '/oauth/token', {
    grant_type: 'authorization_code',
    client_id: of.client_id,
    client_secret: of.client_secret,
    redirect_uri: of.redirect_uri,
    code,
    ...more,
  })
