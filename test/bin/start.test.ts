import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '#test/support/kiths'
import { ended, isRunning, launch, type Launched } from '#test/support/launch'

describe('kith start on a data folder of its own', () => {
  let data: string
  let first: Launched
  const start = (): Launched => launch(['start'], { KITH_DATA: data, PORT: '0' })
  const ready = async (run: Launched): Promise<string> =>
    eventually(async () => /Kith is ready at (\S+)/.exec(run.said())?.[1], 40_000)
  const noteOf = async (service: string): Promise<{ pid: number }> =>
    JSON.parse(await readFile(join(data, 'run', `${service}.json`), 'utf8')) as { pid: number }

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'kith-start-'))
    first = start()
    await ready(first)
  })
  afterAll(async () => {
    first.child.kill('SIGTERM')
    await ended(first)
    await rm(data, { recursive: true, force: true })
  })

  test('it is ready with both services, and nobody else can read its data folder', async () => {
    const answer = await fetch(`${await ready(first)}/health/ready`)
    expect(answer.status).toBe(200)
    expect((await stat(data)).mode & 0o777).toBe(0o700)
  })

  test('a second start on the same data folder is refused in one sentence', async () => {
    const second = start()
    expect(await ended(second)).toBe(1)
    expect(second.said()).toMatch(
      /^kith: Kith already runs on .* \(process \d+\): stop that one first, .*\n$/,
    )
  })

  test('a command beside it uses its services and leaves them running', async () => {
    const command = launch(['migrate'], { KITH_DATA: data })
    expect(await ended(command)).toBe(0)
    expect(command.said()).toContain('The database is up to date.')
    expect(isRunning((await noteOf('postgres')).pid)).toBe(true)
  })

  test('a service that is killed is started again', async () => {
    for (const service of ['redis', 'postgres']) {
      const { pid } = await noteOf(service)
      process.kill(pid, 'SIGKILL')
      await eventually(async () => (await noteOf(service).catch(() => ({ pid }))).pid !== pid, 15_000)
    }
    const url = await ready(first)
    await eventually(async () => (await fetch(`${url}/health/ready`)).status === 200, 15_000)
  })

  test('after the launcher itself was killed, the next start takes over what it left', async () => {
    const { pid } = await noteOf('postgres')
    first.child.kill('SIGKILL')
    await ended(first)
    first = start()
    await ready(first)
    expect((await noteOf('postgres')).pid).toBe(pid)
  })

  test('a start within a moment of SIGTERM waits until the old one is gone, and starts services of its own', async () => {
    const { pid } = await noteOf('postgres')
    first.child.kill('SIGTERM')
    const second = start()
    const [code] = await Promise.all([ended(first), ready(second)])
    first = second
    expect(code).toBe(0)
    expect(isRunning(pid)).toBe(false)
    expect((await fetch(`${await ready(first)}/health/ready`)).status).toBe(200)
  }, 60_000)

  test('a start after the launcher was killed while its services were ending does not take those', async () => {
    const { pid } = await noteOf('postgres')
    // Held, so that it is still there, and ending, when the next start looks.
    process.kill(pid, 'SIGSTOP')
    first.child.kill('SIGTERM')
    await eventually(async () => 'isEnding' in (await noteOf('postgres')), 15_000)
    first.child.kill('SIGKILL')
    await ended(first)
    process.kill(pid, 'SIGCONT')
    first = start()
    await ready(first)
    expect(first.said()).not.toContain('ended unexpectedly')
    expect((await noteOf('postgres')).pid).not.toBe(pid)
    expect((await fetch(`${await ready(first)}/health/ready`)).status).toBe(200)
  }, 60_000)

  test('SIGTERM ends it and everything it started, and the exit code is 0', async () => {
    const pids = [(await noteOf('postgres')).pid, (await noteOf('redis')).pid]
    first.child.kill('SIGTERM')
    expect(await ended(first)).toBe(0)
    expect(pids.filter(isRunning)).toEqual([])
  })
})

describe('kith says in one sentence', () => {
  test.each([
    [
      'that a variable cannot be read',
      { PORT: 'many' },
      'PORT is "many", but it must be a whole number from 0 to 65535.',
    ],
    [
      'that an address cannot be read',
      { DATABASE_URL: 'localhost' },
      'DATABASE_URL is not an address that can be read.',
    ],
  ])('%s', async (_what, more, sentence) => {
    const data = await mkdtemp(join(tmpdir(), 'kith-start-'))
    const run = launch(['start'], { KITH_DATA: data, ...more })
    expect(await ended(run)).toBe(1)
    expect(run.said().split('\n')).toContain(`kith: ${sentence}`)
    await rm(data, { recursive: true, force: true })
  })
})
