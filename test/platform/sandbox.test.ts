import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workshop } from '#platform/run-media-task'
import { type Ended, type Level, runConfined } from '#platform/sandbox'
import { closeListeners, listen } from '#test/support/listener'

const { level } = await workshop()
const inNamespaces = level === 'namespaces' ? test : test.skip
const anyLevel: Level[] = level === 'namespaces' ? ['namespaces', 'limits'] : [level]
const outside = join(import.meta.dirname, '../../config/instance.ts')

// No other program makes a file of this name.
const foreign = `kith-foreign-${process.pid}-${Date.now()}`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-probe-'))
})
afterEach(() => rm(folder, { recursive: true }))
afterAll(closeListeners)

const run = (at: Level, script: string, more: object = {}): Promise<Ended> =>
  runConfined(at, {
    command: [process.execPath, '-e', script],
    folder,
    reads: [process.execPath],
    stdin: '',
    cpuSeconds: 10,
    wallSeconds: 10,
    memoryBytes: 1_200_000_000,
    fileBytes: 1_048_576,
    ...more,
  })
const attempts = (...lines: string[]) =>
  `const fs = require('fs'), net = require('net'), cp = require('child_process'), said = []
   const attempt = (name, work) => { try { said.push(name + '=' + work()) } catch (error) { said.push(name + '!' + (error.code ?? error.message)) } }
   ${lines.map((line) => `attempt(${line})`).join('\n')}
   process.stdout.write(said.join('\\n'))`

inNamespaces(
  'a program in place of the decoder finds no file but its own (GTS-3251, CVE-2017-9993)',
  async () => {
    const reading = [
      '/etc/passwd',
      '/etc/hostname',
      '/root',
      '/home',
      '/proc',
      '/proc/1/environ',
      '/sys',
      outside,
      tmpdir(),
    ]
    const { stdout } = await run(
      level,
      attempts(
        ...reading.map(
          (path) =>
            `${JSON.stringify(path)}, () => fs.statSync(${JSON.stringify(path)}).isDirectory() ? fs.readdirSync(${JSON.stringify(path)}) : fs.readFileSync(${JSON.stringify(path)})`,
        ),
        `'own', () => fs.readdirSync('.').join()`,
      ),
    )
    const said = stdout.split('\n')
    expect(said.filter((line) => line.includes('!ENOENT'))).toHaveLength(reading.length - 1)
    expect(said).toContain(`${tmpdir()}=${folder.split('/').at(-1)}`)
    expect(said).toContain('own=root')
  },
)

inNamespaces('it can write nowhere but in its folder (CVE-2023-36460)', async () => {
  const writing = ['/x', '/usr/x', join(tmpdir(), foreign), `${process.execPath}.x`, '../x']
  const { stdout } = await run(
    level,
    attempts(
      ...writing.map(
        (path) => `${JSON.stringify(path)}, () => fs.writeFileSync(${JSON.stringify(path)}, 'x')`,
      ),
      `'own', () => fs.writeFileSync('x', 'x')`,
    ),
  )
  expect(stdout.split('\n').filter((line) => /!E(ROFS|ACCES|PERM)$/.test(line))).toHaveLength(writing.length)
  expect(await readFile(join(folder, 'x'), 'utf8')).toBe('x')
  await expect(stat(join(tmpdir(), foreign))).rejects.toThrow()
})

inNamespaces(
  'it has no network, sees no other process, and cannot become more (GHSA-rgj7-g3m4-5g8c)',
  async () => {
    const server = await listen((_, response) => response.end())
    const { stdout } = await run(
      level,
      `const fs = require('fs'), net = require('net'), cp = require('child_process')
     const said = [process.pid, Object.keys(require('os').networkInterfaces()).join()]
     try { process.kill(${process.pid}, 0); said.push('saw the parent') } catch { said.push('alone') }
     said.push(cp.spawnSync('mount', ['-t', 'tmpfs', 'x', '.']).status === 0 ? 'mounted' : 'no mount')
     said.push(cp.spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0 ? 'escaped' : 'no namespace')
     net.connect(${server.port}, '127.0.0.1').on('connect', () => done('connected')).on('error', (error) => done(error.code))
     const done = (how) => process.stdout.write([...said, how].join('\\n'))`,
    )
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^\d{1,3}$/),
      '',
      'alone',
      'no mount',
      'no namespace',
      expect.stringMatching(/^E(NETUNREACH|CONNREFUSED)$/),
    ])
    expect(server.connections).toBe(0)
  },
)

test.each(anyLevel)('%s: nothing of the environment is inherited', async (at) => {
  const { stdout } = await run(at, 'process.stdout.write(Object.keys(process.env).sort().join())')
  expect(
    stdout
      .split(',')
      .filter((name) => !['LANG', 'OLDPWD', 'PATH', 'PWD', 'SHLVL', 'TMPDIR', '_'].includes(name)),
  ).toEqual([])
})

test.each(anyLevel)('%s: too much memory ends it (R-084)', async (at) => {
  const ended = await run(at, 'const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))')
  expect(ended.signal ?? ended.code).not.toBe(0)
})

test.each(anyLevel)('%s: too much CPU time ends it (R-084)', async (at) => {
  const before = Date.now()
  const ended = await run(at, 'for (;;);', { cpuSeconds: 1 })
  expect(ended.signal ?? ended.code).toBe(at === 'namespaces' ? 137 : 'SIGKILL')
  expect(Date.now() - before).toBeLessThan(9000)
})

test.each(anyLevel)('%s: waiting for ever ends it, and whatever it started', async (at) => {
  const mark = `sleep 97.${process.pid}`
  await run(
    at,
    `require('child_process').spawn('/bin/sh', ['-c', '${mark}'], { stdio: 'ignore' }); setTimeout(() => {}, 1e6)`,
    { wallSeconds: 1 },
  )
  const running = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    running.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  expect(lines.filter((line) => line.includes(mark.slice(6)))).toEqual([])
})

test.each(anyLevel)('%s: a file of its making has a largest size', async (at) => {
  await run(at, `require('fs').writeFileSync('x', Buffer.alloc(4e6))`)
  expect((await stat(join(folder, 'x'))).size).toBeLessThanOrEqual(1_048_576)
})

test.each(anyLevel)('%s: endless talk ends it', async (at) => {
  const ended = await run(at, `const talk = () => process.stdout.write('x'.repeat(1e5), talk); talk()`)
  expect(ended.signal ?? ended.code).not.toBe(0)
  expect(ended.stdout.length).toBeLessThan(4e6)
})

test.each(anyLevel)('%s: what it reads and says comes through', async (at) => {
  await writeFile(join(folder, 'in'), 'hello')
  const { stdout, code } = await run(
    at,
    `process.stdin.on('data', (data) => process.stdout.write(data + require('fs').readFileSync('in')))`,
    { stdin: 'oh ' },
  )
  expect({ stdout, code }).toEqual({ stdout: 'oh hello', code: 0 })
})
