import { request as open, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { checkAnswer } from '#test/support/check-answer'
import { baseUrl } from '#test/support/client'

/** A request as it goes over the wire: nothing about it needs to be right. */
export type RawRequest = {
  method: string
  path: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}
export type RawReply = { status: number; headers: IncomingMessage['headers']; text: string }

/** Sends it and gives the answer, which must be as the contract says. Rejects when none has come after `patience` milliseconds. */
export async function sendRaw(
  { method, path, headers = {}, body }: RawRequest,
  patience = 5000,
): Promise<RawReply> {
  const { hostname, port } = new URL(await baseUrl())
  const signal = AbortSignal.timeout(patience)
  // Node frames the body of a GET in no way by itself.
  const framed =
    body === undefined ? headers : { 'content-length': String(Buffer.byteLength(body)), ...headers }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = open({ method, path, headers: framed, hostname, port, signal, agent: false }, resolve)
    outgoing.on('error', reject)
    outgoing.end(body)
  })
  const isStream = answer.headers['content-type'] === 'text/event-stream'
  if (isStream) answer.destroy()
  const text = isStream ? '' : (await buffer(answer)).toString()
  const reply = { status: answer.statusCode ?? 0, headers: answer.headers, text }
  checkRaw(method, path, reply)
  return reply
}

function checkRaw(method: string, path: string, { status, headers, text }: RawReply): void {
  const type = headers['content-type'] ?? null
  const body: unknown = type?.includes('json') && text !== '' ? JSON.parse(text) : text
  checkAnswer(method, path, { status, headers: new Headers(type ? { 'content-type': type } : {}), body })
}
