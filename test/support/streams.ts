import { once } from 'node:events'
import { WebSocket, type ClientOptions } from 'ws'
import { checkAnswer, checkFrame } from '#test/support/check-answer'
import { baseUrl } from '#test/support/client'

/** A frame as a client gets it. */
export type Frame = { stream?: string[]; event?: string; payload?: string; error?: string; status?: number }

const PATIENCE = 15_000
const opened = new Set<{ close(): void }>()

/** Closes what a test has opened. */
export function closeAll(): void {
  for (const each of opened) each.close()
  opened.clear()
}

/** What comes in, in order; `next` waits for the first that fits, and takes it and all before it away. */
class Inbox<T> {
  readonly all: T[] = []
  #wake: () => void = () => undefined
  #flaw: Error | undefined

  put(one: T): void {
    this.all.push(one)
    this.#wake()
  }

  /** Says what is wrong with what came in: it was against the contract. */
  refuse(reason: Error): void {
    this.#flaw ??= reason
    this.#wake()
  }

  async next(fits: (one: T) => boolean = () => true): Promise<T> {
    const end = Date.now() + PATIENCE
    for (;;) {
      if (this.#flaw) throw this.#flaw
      const at = this.all.findIndex(fits)
      if (at >= 0) return this.all.splice(0, at + 1).at(-1)!
      if (Date.now() > end) throw new Error(`nothing fits; there came ${JSON.stringify(this.all)}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 100)
      })
    }
  }
}

function take<T>(inbox: Inbox<T>, one: T, frame: Frame | undefined): void {
  try {
    if (frame) checkFrame(frame)
    inbox.put(one)
  } catch (error) {
    inbox.refuse(error as Error)
  }
}

/** What a piece of server-sent events would be as a frame; nothing for a comment. */
function frameOf(piece: string): Frame | undefined {
  const [, event] = /^event: (.*)$/m.exec(piece) ?? []
  const [, payload] = /^data: (.*)$/m.exec(piece) ?? []
  return event === undefined
    ? undefined
    : { stream: ['sse'], event, ...(payload === undefined ? {} : { payload }) }
}

/** Opens a WebSocket: `openSocket('/?stream=user', { token })`, and gives its frames. Fails when it is refused. */
export async function openSocket(
  path: string,
  { token, protocol, ...options }: ClientOptions & { token?: string; protocol?: string } = {},
) {
  const url = `${(await baseUrl()).replace('http', 'ws')}/api/v1/streaming${path}`
  const headers = { ...options.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) }
  const socket = new WebSocket(url, protocol ? [protocol] : [], { ...options, headers })
  const frames = new Inbox<Frame>()
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    take(frames, frame, frame)
  })
  const closed = once(socket, 'close').then(([code]) => Number(code))
  opened.add({ close: () => socket.terminate() })
  await once(socket, 'open')
  return {
    socket,
    closed,
    frames,
    say: (command: object) => socket.send(JSON.stringify(command)),
    /** Waits until everything that was said is done: the answer to a wrong command comes last. */
    async done() {
      socket.send(JSON.stringify({ type: 'subscribe', stream: 'done' }))
      await frames.next(({ error }) => error === 'Unknown stream type')
    },
  }
}

/** Why a WebSocket is refused: the status and the JSON of the answer. */
export async function refusalOf(path: string, options: Parameters<typeof openSocket>[1] = {}) {
  const url = `${(await baseUrl()).replace('http', 'ws')}/api/v1/streaming${path}`
  const headers = {
    ...options.headers,
    ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}),
  }
  const socket = new WebSocket(url, options.protocol ? [options.protocol] : [], { headers })
  socket.on('error', () => undefined)
  const [, answer] = await once(socket, 'unexpected-response')
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  const refusal = { status: answer.statusCode as number, body: JSON.parse(text) as { error: string } }
  checkAnswer('GET', `/api/v1/streaming${path}`, { ...refusal, headers: new Headers() })
  return refusal
}

/** Opens server-sent events and gives what comes, piece by piece. */
export async function openEvents(path: string, headers: Record<string, string> = {}) {
  const ending = new AbortController()
  const answer = await fetch(`${await baseUrl()}/api/v1/streaming/${path}`, {
    headers,
    signal: ending.signal,
  })
  opened.add({ close: () => ending.abort() })
  const pieces = new Inbox<string>()
  const ended = (async () => {
    let rest = ''
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split(/(?<=^:[^\n]*\n)|(?<=\n\n)/)
      rest = parts.at(-1)!.endsWith('\n') ? '' : parts.pop()!
      for (const part of parts) if (part) take(pieces, part, frameOf(part))
    }
  })().catch(() => undefined)
  return { answer, pieces, ended }
}
