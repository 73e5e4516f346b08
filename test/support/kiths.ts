import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestServices } from '../../bin/launch/test-services.mjs'
import { checkAnswer } from './check-answer.ts'
import { makeDatabase } from './databases.ts'

const root = new URL('../..', import.meta.url).pathname

// Also when a run ends half-way, nothing that it started stays.
const started = new Set<ChildProcess>()
process.once('exit', () => started.forEach((child) => child.kill('SIGKILL')))

/** A whole Kith in a process of its own, as an admin starts it, with a database and a Redis of its own. */
export class KithProcess {
  readonly url: string
  readonly domain: string
  readonly database: string
  readonly #env: NodeJS.ProcessEnv
  readonly #stopRedis: () => Promise<void>
  #process: ChildProcess | undefined
  #output = ''

  constructor(url: string, env: NodeJS.ProcessEnv, stopRedis: () => Promise<void>) {
    this.url = url
    this.domain = new URL(url).host
    this.database = env.DATABASE_URL ?? ''
    this.#env = env
    this.#stopRedis = stopRedis
  }

  get redis(): string {
    return this.#env.REDIS_URL ?? ''
  }

  /** What it has printed since it was started. */
  get output(): string {
    return this.#output
  }

  /** The number of its process, for whoever measures it. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
  }

  /** Starts it and waits for the ready line. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'bin/kith'), 'start'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    started.add(child)
    child.once('exit', () => started.delete(child))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => (this.#output += String(text)))
    const end = Date.now() + 120_000
    while (!this.#output.includes('Kith is ready')) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`Kith did not start:\n${this.#output}`)
      await sleep(20)
    }
  }

  /** Sends it a signal and waits for nothing. */
  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal)
  }

  /** Ends it by a signal, SIGTERM unless another is given, and waits until it is gone. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    this.#output = ''
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    return child.exitCode
  }

  /** Runs a command of the CLI beside it and gives what it printed. */
  async cli(...words: string[]): Promise<string> {
    const child = spawn(process.execPath, [join(root, 'bin/kith'), ...words], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
    const [code] = (await once(child, 'exit')) as [number]
    if (code !== 0) throw new Error(`kith ${words.join(' ')} gave ${code}:\n${output}`)
    return output.trim()
  }

  /** Makes a member and gives a client that speaks for them. */
  async member(username: string): Promise<KithMember> {
    await this.cli(
      'accounts',
      'create',
      username,
      '--email',
      `${username}@mail.example`,
      '--confirmed',
      '--password',
      'correct horse battery',
    )
    const token = (await this.cli('tokens', 'create', username, '--scopes', 'read write follow push'))
      .split('\n')
      .at(-1)!
    return new KithMember(this, username, token)
  }

  /** Ends it and forgets everything it kept. */
  async remove(): Promise<void> {
    await this.end()
    await this.#stopRedis()
    if (this.#env.KITH_DATA) await rm(this.#env.KITH_DATA, { recursive: true, force: true })
  }
}

/** Somebody with an app. */
export class KithMember {
  readonly kith: KithProcess
  readonly username: string
  readonly token: string

  constructor(kith: KithProcess, username: string, token: string) {
    this.kith = kith
    this.username = username
    this.token = token
  }

  get handle(): string {
    return `${this.username}@${this.kith.domain}`
  }

  /** Calls the API; throws when the answer is no success. */
  async call<T = ReturnType<typeof JSON.parse>>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(this.kith.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} gave ${answer.status}: ${text}`)
    const json: unknown = JSON.parse(text)
    checkAnswer(method, path, { status: answer.status, headers: answer.headers, body: json }, true)
    return json as T
  }

  get = <T = ReturnType<typeof JSON.parse>>(path: string): Promise<T> => this.call<T>('GET', path)
  post = <T = ReturnType<typeof JSON.parse>>(path: string, body: object = {}): Promise<T> =>
    this.call<T>('POST', path, body)

  /** Finds somebody or something by handle or address, as an app's search does. */
  async find(query: string): Promise<{ accounts: { id: string }[]; statuses: { id: string }[] }> {
    return this.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(query)}`)
  }

  async accountOf(other: KithMember): Promise<string> {
    const { accounts } = await this.find(other.handle)
    if (!accounts[0]) throw new Error(`${this.handle} does not find ${other.handle}`)
    return accounts[0].id
  }
}

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** Starts a Kith on a free port. `name` tells several of one file apart. */
export async function startKith(name: string, more: NodeJS.ProcessEnv = {}): Promise<KithProcess> {
  const port = await freePort()
  const services = await startTestServices(1, { withPostgres: false })
  const database = await makeDatabase(`${name}_${process.env.JEST_WORKER_ID ?? '1'}_${port}`)
  const env = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    PORT: String(port),
    KITH_DATA: await mkdtemp(join(tmpdir(), 'kith-flow-')),
    KITH_LOG: 'warn',
    // Tests ask again and again until something shows.
    KITH_RATE_FACTOR: '1000',
    DATABASE_URL: database,
    REDIS_URL: services.redis[0],
    ...more,
  }
  const kith = new KithProcess(`http://localhost:${port}`, env, () => services.stop())
  await kith.start()
  return kith
}

/** Starts another process of the same instance, with one role alone and a data folder of its own. */
export async function startBeside(
  kith: KithProcess,
  role: string,
  more: NodeJS.ProcessEnv = {},
): Promise<KithProcess> {
  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    PORT: String(port),
    KITH_ORIGIN: kith.url,
    KITH_ROLE: role,
    KITH_DATA: await mkdtemp(join(tmpdir(), 'kith-flow-')),
    DATABASE_URL: kith.database,
    REDIS_URL: kith.redis,
    ...more,
  }
  const beside = new KithProcess(`http://localhost:${port}`, env, async () => undefined)
  await beside.start()
  return beside
}

/** Asks again until `look` gives something, and gives that; throws with the last answer after so many milliseconds. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false | null>,
  within = 5000,
): Promise<T> {
  const end = Date.now() + within
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${look.toString()}`)
    await sleep(25)
  }
}
