import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

type Asked = { path: string; authorization: string | undefined; body: Record<string, unknown> }

/** Services that translate, both kinds at one address: every word is turned into capitals, what is marked stays. */
export class TranslationService {
  readonly asked: Asked[] = []
  /** What it answers instead, when it does not want to. */
  status = 200
  readonly #server: Server

  constructor() {
    this.#server = createServer(async (request, response) => {
      const body = request.method === 'POST' ? ((await json(request)) as Record<string, unknown>) : {}
      const path = request.url ?? ''
      this.asked.push({ path, authorization: request.headers.authorization, body })
      response.writeHead(this.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answerTo(path, body)))
    }).listen(0, '127.0.0.1')
  }

  async start(): Promise<string> {
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const loud = (html: unknown): string =>
  String(html).replaceAll(/<span translate="no">.*?<\/span>|<[^>]*>|&\w+;|[^<&]+/g, (piece) =>
    /^[<&]/.test(piece) ? piece : piece.toUpperCase(),
  )

function answerTo(path: string, body: Record<string, unknown>): unknown {
  const list = (value: unknown) => (Array.isArray(value) ? value : [])
  if (path === '/translate')
    return {
      translatedText: list(body.q).map(loud),
      detectedLanguage: list(body.q).map(() => ({ language: 'en', confidence: 90 })),
    }
  if (path === '/languages')
    return ['en', 'cy', 'de'].map((code) => ({ code, name: code, targets: ['en', 'cy', 'de'] }))
  if (path === '/v2/translate')
    return {
      translations: list(body.text).map((text) => ({ text: loud(text), detected_source_language: 'EN' })),
    }
  if (path === '/v2/languages?type=source') return ['EN', 'DE'].map((language) => ({ language }))
  if (path === '/v2/languages?type=target') return ['EN-GB', 'EN-US', 'DE'].map((language) => ({ language }))
  return {}
}
